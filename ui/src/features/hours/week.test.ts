import { expect, test } from "vitest";
import { add, read, shift, total, write } from "./week";

const usual = [
  { from: 540, to: 780 },
  { from: 840, to: 1080 },
];

test("hours are read as people type them and written in one way", () => {
  for (const text of ["9-13, 14-18", "9:00–13:00; 14.00 — 18.00", "14 до 18, 9 до 13", "9–13 и 14–18"]) expect(read(text)).toEqual(usual);
  expect(write(usual)).toBe("9:00–13:00, 14:00–18:00");
  expect(read("22-6")).toEqual([{ from: 1320, to: 1800 }]);
  expect(write([{ from: 1320, to: 1800 }])).toBe("22:00–6:00");
  expect(read("0-24")).toEqual([{ from: 0, to: 1440 }]);
  expect(read("  ")).toEqual([]);
});

test("what makes no sense is not guessed at", () => {
  for (const text of ["утром", "9", "9-13, 12-18", "25-26", "9:75-10", "9-25"]) expect(read(text), text).toBeNull();
});

test("what is drawn snaps to a quarter of an hour and melts into what it touches", () => {
  expect(add([], 541, 622)).toEqual([{ from: 540, to: 615 }]);
  expect(add(usual, 760, 850)).toEqual([{ from: 540, to: 1080 }]);
  expect(add([], 600, 601)).toEqual([{ from: 600, to: 615 }]);
  expect(add([], 1500, 1300)).toEqual([{ from: 1305, to: 1440 }]);
});

test("an opening stops at its neighbours and at the ends of the day", () => {
  expect(shift(usual, 0, "to", 600)[0]).toEqual({ from: 540, to: 840 });
  expect(shift(usual, 1, "from", -600)[1]).toEqual({ from: 780, to: 1080 });
  expect(shift(usual, 0, "from", 1000)[0]).toEqual({ from: 765, to: 780 });
  expect(shift(usual, 0, "both", -900)[0]).toEqual({ from: 0, to: 240 });
  expect(shift(usual, 1, "both", 900)[1]).toEqual({ from: 1200, to: 1440 });
  expect(shift(usual, 1, "to", 600)[1], "into the night").toEqual({ from: 840, to: 1680 });
  expect(shift(usual, 7, "to", 15)).toEqual(usual);
});

test("a week of eight hours a day has forty", () => {
  expect(total([usual, usual, usual, usual, usual, [], []])).toBe(2400);
});

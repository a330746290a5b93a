import { expect, test } from "vitest";
import { secondsUntil } from "./words";

const noon = new Date(2026, 10, 27, 12, 0, 0);

test("lunch until one o'clock is an hour at noon, and a day later once it has struck", () => {
  expect(secondsUntil("13:00", noon)).toBe(3600);
  expect(secondsUntil("12:00", noon)).toBe(86_400);
  expect(secondsUntil("9:30", noon)).toBe(21.5 * 3600);
});

test("what is no time is no time", () => {
  for (const text of ["", "25:00", "13:70", "noon"]) expect(secondsUntil(text, noon)).toBeNull();
});

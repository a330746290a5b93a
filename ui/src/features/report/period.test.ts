import { expect, test } from "vitest";
import { between, lastDay, preset, toField } from "./period";

const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime() * 1000;
/** A Thursday. */
const now = new Date(2026, 10, 26, 15, 30);

test("a week begins on Monday, and every period ends with today", () => {
  expect(preset("today", now)).toEqual({ from: day(2026, 11, 26), to: day(2026, 11, 27) });
  expect(preset("week", now)).toEqual({ from: day(2026, 11, 23), to: day(2026, 11, 27) });
  expect(preset("month", now)).toEqual({ from: day(2026, 11, 1), to: day(2026, 11, 27) });
  const sunday = new Date(2026, 10, 29, 1, 0);
  expect(preset("week", sunday).from).toBe(day(2026, 11, 23));
});

test("two days make a period with both of them in it", () => {
  const period = between("2026-11-01", "2026-11-30");
  expect(period).toEqual({ from: day(2026, 11, 1), to: day(2026, 12, 1) });
  expect(toField(lastDay(period!))).toBe("2026-11-30");
  expect(between("2026-11-02", "2026-11-01")).toBeNull();
  expect(between("", "2026-11-01")).toBeNull();
});

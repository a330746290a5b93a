import { expect, test } from "vitest";
import { join, split } from "./span";

test("a promise goes into hours and minutes and comes back", () => {
  expect(split(150)).toEqual({ hours: 2, minutes: 30 });
  expect(join({ hours: 2, minutes: 30 })).toBe(150);
  expect(join({ hours: 8, minutes: null })).toBe(480);
});

test("two empty fields promise nothing; two zeros promise it at once", () => {
  expect(join(split(null))).toBeNull();
  expect(join({ hours: 0, minutes: 0 })).toBe(0);
});

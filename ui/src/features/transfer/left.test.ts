import { expect, test } from "vitest";
import { clockOf, left } from "./left";

test("an offer runs out by its length and never below nothing", () => {
  const offer = { left_ms: 60_000, life_ms: 180_000 };
  expect(left(offer, 1000, 1000)).toEqual({ seconds: 60, share: 1 / 3 });
  expect(left(offer, 1000, 31_500).seconds).toBe(30);
  expect(left(offer, 1000, 999_000)).toEqual({ seconds: 0, share: 0 });
});

test("what is left reads like a clock", () => {
  expect([clockOf(180), clockOf(65), clockOf(9), clockOf(0)]).toEqual(["3:00", "1:05", "0:09", "0:00"]);
});

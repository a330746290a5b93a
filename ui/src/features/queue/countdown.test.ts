import type { OfferView } from "$host";
import { expect, test } from "vitest";
import { left } from "./countdown";

const offer = { left_ms: 17_000, life_ms: 25_000 } as OfferView;

test("an offer counts down from the moment it was received", () => {
  expect(left(offer, 1000, 1000)).toEqual({ seconds: 17, share: 0.68 });
  expect(left(offer, 1000, 11_500).seconds).toBe(7);
});

test("the last moment still shows one second, the deadline none", () => {
  expect(left(offer, 0, 16_999).seconds).toBe(1);
  expect(left(offer, 0, 17_000)).toEqual({ seconds: 0, share: 0 });
  expect(left(offer, 0, 99_000).seconds).toBe(0);
});

test("a clock that stands behind adds nothing", () => {
  expect(left(offer, 5000, 1000).seconds).toBe(17);
  expect(left({ ...offer, life_ms: 0 }, 0, 0).share).toBe(0);
});

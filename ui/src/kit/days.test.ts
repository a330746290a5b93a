import { expect, test } from "vitest";
import { dayOf, momentOf } from "./days";

test("the last day is included and comes back as it was written", () => {
  const until = momentOf("2026-12-31", true);
  expect(until).toBe(new Date(2027, 0, 1).getTime() * 1000);
  expect(dayOf(until, true)).toBe("2026-12-31");
  expect(dayOf(momentOf("2026-03-29"))).toBe("2026-03-29");
  expect([momentOf(""), dayOf(null)]).toEqual([null, ""]);
});

import { expect, test } from "vitest";
import { dayOf, matches, momentOf } from "./find";

test("a client is found by parts of name and number, in any order", () => {
  const romashka = ["ООО «Ромашка»", "7707083893"];
  expect(matches("ромаш 7707", romashka)).toBe(true);
  expect(matches("7707 ромаш", romashka)).toBe(true);
  expect(matches("василек", ["ООО «Василёк»"])).toBe(true);
  expect(matches("ромашка 55", romashka)).toBe(false);
  expect(matches("", romashka)).toBe(true);
});

test("the last day is included and comes back as it was written", () => {
  const until = momentOf("2026-12-31", true);
  expect(until).toBe(new Date(2027, 0, 1).getTime() * 1000);
  expect(dayOf(until, true)).toBe("2026-12-31");
  expect(dayOf(momentOf("2026-03-29"))).toBe("2026-03-29");
  expect([momentOf(""), dayOf(null)]).toEqual([null, ""]);
});

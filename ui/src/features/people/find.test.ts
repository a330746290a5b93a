import { expect, test } from "vitest";
import { matches } from "./find";

test("a client is found by parts of name and number, in any order", () => {
  const romashka = ["ООО «Ромашка»", "7707083893"];
  expect(matches("ромаш 7707", romashka)).toBe(true);
  expect(matches("7707 ромаш", romashka)).toBe(true);
  expect(matches("василек", ["ООО «Василёк»"])).toBe(true);
  expect(matches("ромашка 55", romashka)).toBe(false);
  expect(matches("", romashka)).toBe(true);
});

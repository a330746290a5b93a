import type { ContractView } from "$host";
import { setLanguage } from "$i18n";
import { beforeAll, expect, test } from "vitest";
import { left, low, tone, until } from "./words";

beforeAll(() => setLanguage("ru"));

const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "").replace(/\u00a0/g, " ");

test("what is left is said in hours and minutes", () => {
  expect(plain(left({ is: "minutes", left: 380, of: 600 }))).toBe("осталось 6 ч 20 мин");
  expect(plain(left({ is: "minutes", left: 120, of: 600 }))).toBe("осталось 2 ч");
  expect(plain(left({ is: "minutes", left: -20, of: 600 }))).toBe("перерасход 20 мин");
  expect(plain(left({ is: "requests", left: 2, of: 10 }))).toBe("осталось 2 обращения");
  expect(left(null)).toBe("");
});

test("a fifth is low, a bit more is not", () => {
  expect([low({ is: "minutes", left: 120, of: 600 }), low({ is: "minutes", left: 121, of: 600 }), low(null)]).toEqual([true, false, false]);
});

test("a light has a tone, and a contract a date", () => {
  expect([tone("good"), tone("soon"), tone("over"), tone(null)]).toEqual(["good", "warn", "bad", "plain"]);
  const view = (word: string, to: string | null) => ({ word, contract: { from: "2026-01-01", to } }) as ContractView;
  expect(plain(until(view("good", "2026-12-31")))).toBe("до 31 декабря 2026");
  expect(plain(until(view("over", "2026-10-31")))).toBe("закончился 31 октября 2026");
  expect(plain(until(view("good", null)))).toBe("без срока");
});

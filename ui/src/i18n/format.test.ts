import { beforeEach, describe, expect, test } from "vitest";
import { setLanguage } from "./catalogue.svelte";
import { t } from "./catalogue.svelte";
import { day, minutesSince, size } from "./format";

beforeEach(() => setLanguage("ru"));

test("sizes have one digit below ten and none above", () => {
  expect([999, 1024, 217_088, 9_400_000, 734_000_000].map(size)).toEqual(["999 Б", "1 КБ", "212 КБ", "9 МБ", "700 МБ"]);
  expect(size(1_500_000)).toBe("1,4 МБ");
  expect(size(3_000_000_000)).toBe("2,8 ГБ");
});

test("days are counted by dates, not by hours", () => {
  const now = new Date(2026, 10, 24, 0, 30).getTime();
  const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime() * 1000;
  expect(day(at(2026, 10, 24, 0, 10), now)).toBe("Сегодня");
  expect(day(at(2026, 10, 23, 23, 50), now)).toBe("Вчера");
  expect(day(at(2026, 9, 3, 12, 0), now)).toBe("3 октября");
  expect(day(at(2025, 9, 3, 12, 0), now)).toContain("2025");
});

test("a clock that runs ahead never shows negative minutes", () => {
  expect(minutesSince(10_000_000, 0)).toBe(0);
  expect(minutesSince(0, 179_000)).toBe(2);
});

describe("plurals", () => {
  test("are Russian in Russian", () => {
    expect([0, 1, 2, 5, 11, 21].map((count) => t("queue-ahead", { count }))).toEqual([
      "Вы следующие",
      "Впереди вас 1 обращение",
      "Впереди вас 2 обращения",
      "Впереди вас 5 обращений",
      "Впереди вас 11 обращений",
      "Впереди вас 21 обращение",
    ]);
  });

  test("are English in English", () => {
    setLanguage("en");
    expect([0, 1, 2].map((count) => t("queue-ahead", { count }))).toEqual([
      "You are next",
      "1 request is before yours",
      "2 requests are before yours",
    ]);
  });
});

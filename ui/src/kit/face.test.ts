import { expect, test } from "vitest";
import { hue, initials } from "./face";

test("initials come from the first two words that are words", () => {
  expect(["Анна Соколова", "ООО «Ромашка»", "Ким", "  ", "🙂 Пётр", "иван иванович иванов"].map(initials)).toEqual(["АС", "ОР", "К", "•", "П", "ИИ"]);
});

test("a name keeps its hue", () => {
  expect(hue("Борис Ким")).toBe(hue("Борис Ким"));
  expect(hue("Борис Ким")).toBeLessThan(360);
});

import { expect, test } from "vitest";
import { find, type Target } from "./find";

const target = (id: string, title: string, note: string): Target => ({ kind: "conversation", id, title, note });
const all = [
  target("1", "Анна Соколова", "ООО «Ромашка» · Не печатается счёт-фактура"),
  target("2", "Роман Ким", "ИП Ким · Отчёт"),
  target("3", "Олег Панин", "ООО «Вектор» · Релиз"),
];

test("names come before notes", () => {
  expect(find(all, "ром").map((one) => one.id)).toEqual(["2", "1"]);
});

test("every word must be found, and ё is е", () => {
  expect(find(all, "анна счет").map((one) => one.id)).toEqual(["1"]);
  expect(find(all, "анна вектор")).toEqual([]);
});

test("nothing typed shows all", () => {
  expect(find(all, "  ").length).toBe(3);
});

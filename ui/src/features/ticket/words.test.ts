import { expect, test } from "vitest";
import { left, light, nearest, promise } from "./words";

const MINUTE = 60_000_000;
const noon = new Date(2026, 10, 30, 12).getTime();
const at = (minutes: number) => noon * 1000 + minutes * MINUTE;

test("the nearest deadline is the earlier of both", () => {
  expect(nearest({ answer: 5, solution: 9 })).toBe(5);
  expect(nearest({ answer: null, solution: 9 })).toBe(9);
  expect(nearest({ answer: null, solution: null })).toBeNull();
});

test("a light turns yellow in the last fifth and red at the deadline", () => {
  const of = (due: number) => light({ answer: null, solution: at(due) }, at(-80), noon * 1000);
  expect([of(40), of(20), of(-1)]).toEqual(["green", "yellow", "red"]);
  expect(light({ answer: null, solution: null }, at(-80), noon * 1000)).toBe("none");
});

test("a promise names the day as a person does", () => {
  const told = (answer: number | null, solution: number | null) =>
    promise({ status: "new", mark: "sent", number: 7, deadlines: { answer: answer && at(answer), solution: solution && at(solution) } }, noon);
  expect(told(280, null)).toBe("Ответим сегодня до 16:40");
  expect(told(null, 24 * 60)).toBe("Решим завтра до 12:00");
  expect(told(-60, null)).toBe("Обещали ответить сегодня до 11:00 и опаздываем");
  expect(told(null, null)).toBe("");
});

test("while the customer is asked, the term stands still", () => {
  expect(promise({ status: "waiting", mark: "sent", number: 7, deadlines: { answer: null, solution: null } }, noon)).toBe(
    "Ждём вашего ответа, срок пока не идёт",
  );
});

test("a deadline says how much is left, and by how much it is missed", () => {
  expect(left(at(40), noon)).toBe("ещё 40 мин");
  expect(left(at(-130), noon)).toBe("опоздание 2 ч 10 мин");
  expect(left(at(46 * 60 - 1), noon)).toBe("ещё 45 ч");
});

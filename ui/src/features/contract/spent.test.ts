import { expect, test } from "vitest";
import { drawn, spentOf } from "./spent";

test("only whole minutes of at most a day are a time", () => {
  expect(["", " 0", "25", "1440"].map(spentOf)).toEqual([0, 0, 25, 1440]);
  expect(["-1", "1.5", "1441", "x"].map(spentOf)).toEqual([null, null, null, null]);
});

test("twenty minutes are two steps of fifteen", () => {
  expect([drawn(0, 15), drawn(15, 15), drawn(20, 15), drawn(7, 1)]).toEqual([0, 15, 30, 7]);
});

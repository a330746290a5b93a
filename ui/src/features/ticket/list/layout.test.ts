import { expect, test } from "vitest";
import { Layout } from "./layout";

const groups = [
  { key: "new", name: null, count: 2 },
  { key: "in_work", name: null, count: 3 },
];

test("without groups a place is a row", () => {
  const layout = new Layout(5, [], new Set());
  expect(layout.height).toBe(5);
  expect(layout.at(3)).toEqual({ is: "row", row: 3 });
  expect(layout.placeOf(3)).toBe(3);
});

test("each group has a heading above its rows", () => {
  const layout = new Layout(5, groups, new Set());
  expect(layout.height).toBe(7);
  expect([0, 1, 2, 3, 4].map((place) => layout.at(place)).map((one) => (one.is === "row" ? one.row : one.group.key))).toEqual([
    "new",
    0,
    1,
    "in_work",
    2,
  ]);
  expect([0, 1, 2, 4].map((row) => layout.placeOf(row))).toEqual([1, 2, 4, 6]);
});

test("a folded group is its heading alone", () => {
  const layout = new Layout(5, groups, new Set(["new"]));
  expect(layout.height).toBe(5);
  expect(layout.at(0)).toEqual({ is: "group", group: groups[0], folded: true });
  expect(layout.at(2)).toEqual({ is: "row", row: 2 });
  expect(layout.placeOf(1)).toBe(0);
});

import { expect, test } from "vitest";
import { at, between, large, middle, nudge } from "./shot";

const picture = { width: 1920, height: 1080 };

test("a drag in any direction covers what lies between its ends, cut to the picture", () => {
  expect(between({ x: 300.4, y: 200 }, { x: 100, y: 50.6 }, picture)).toEqual({ x: 100, y: 51, w: 200, h: 149 });
  expect(between({ x: -50, y: 900 }, { x: 5000, y: 5000 }, picture)).toEqual({ x: 0, y: 900, w: 1920, h: 180 });
});

test("a slip of the hand blacks nothing out", () => {
  expect(large(between({ x: 10, y: 10 }, { x: 13, y: 400 }, picture))).toBe(false);
  expect(large(middle(picture))).toBe(true);
});

test("arrow keys never push a rectangle out of the picture", () => {
  const corner = { x: 0, y: 0, w: 100, h: 100 };
  expect(nudge(corner, -20, -20, false, picture)).toEqual(corner);
  expect(nudge({ ...corner, x: 1820 }, 20, 0, false, picture).x).toBe(1820);
  expect(nudge({ ...corner, x: 1810 }, 40, 0, true, picture)).toMatchObject({ x: 1810, w: 110 });
  expect(nudge(corner, -500, -500, true, picture)).toMatchObject({ w: 8, h: 8 });
});

test("the topmost rectangle is the one that is chosen", () => {
  const rects = [
    { x: 0, y: 0, w: 100, h: 100 },
    { x: 50, y: 50, w: 100, h: 100 },
  ];
  expect(at(rects, { x: 60, y: 60 })).toBe(1);
  expect(at(rects, { x: 10, y: 10 })).toBe(0);
  expect(at(rects, { x: 500, y: 500 })).toBe(-1);
});

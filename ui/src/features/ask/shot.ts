/** Rectangles on a screenshot, in its own pixels. Pure geometry; the core blacks the pixels out. */
import type { Rect } from "$host";

export interface Size {
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}

/** Smaller drags are slips of the hand. */
export const SMALLEST = 8;

/** The rectangle between two corners, cut to the picture. */
export function between(a: Point, b: Point, picture: Size): Rect {
  const cut = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)));
  const [left, right] = [cut(Math.min(a.x, b.x), picture.width), cut(Math.max(a.x, b.x), picture.width)];
  const [top, bottom] = [cut(Math.min(a.y, b.y), picture.height), cut(Math.max(a.y, b.y), picture.height)];
  return { x: left, y: top, w: right - left, h: bottom - top };
}

export function large(rect: Rect): boolean {
  return rect.w >= SMALLEST && rect.h >= SMALLEST;
}

/** A new rectangle in the middle, for those who work by keyboard. */
export function middle(picture: Size): Rect {
  const w = Math.max(SMALLEST, Math.round(picture.width / 4));
  const h = Math.max(SMALLEST, Math.round(picture.height / 8));
  return { x: Math.round((picture.width - w) / 2), y: Math.round((picture.height - h) / 2), w, h };
}

/** Moves, or sizes, by whole pixels and stays inside the picture. */
export function nudge(rect: Rect, dx: number, dy: number, resize: boolean, picture: Size): Rect {
  const hold = (value: number, least: number, most: number) => Math.round(Math.min(most, Math.max(least, value)));
  if (resize) return { ...rect, w: hold(rect.w + dx, SMALLEST, picture.width - rect.x), h: hold(rect.h + dy, SMALLEST, picture.height - rect.y) };
  return { ...rect, x: hold(rect.x + dx, 0, picture.width - rect.w), y: hold(rect.y + dy, 0, picture.height - rect.h) };
}

/** The topmost rectangle at a place, or -1. */
export function at(rects: readonly Rect[], point: Point): number {
  return rects.findLastIndex((rect) => point.x >= rect.x && point.y >= rect.y && point.x < rect.x + rect.w && point.y < rect.y + rect.h);
}

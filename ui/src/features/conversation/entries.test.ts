import type { EntryView } from "$host";
import { expect, test } from "vitest";
import { inOrder, layOut, leavesGap, upsert } from "./entries";

const MINUTE = 60_000_000;
const entry = (id: string, order: number, more: Partial<EntryView> = {}): EntryView => ({
  id,
  order,
  at: order * MINUTE,
  by: "anna",
  by_name: "Анна",
  mine: false,
  what: { is: "message", message: id, text: id, reply: null, file: null, mark: "sent", stuck: null },
  ...more,
});
const map = (...rows: EntryView[]) => new Map(rows.map((row) => [row.id, row]));

test("a message that gets its place moves there and stays one", () => {
  const waiting = entry("m1", 1_000_000);
  const sent = entry("m1", 5);
  const entries = upsert(map(entry("m0", 4), entry("m2", 6), waiting), [sent]);
  expect(inOrder(entries).map((one) => one.id)).toEqual(["m0", "m1", "m2"]);
});

test("what is gone is gone, whatever came with it", () => {
  expect(inOrder(upsert(map(entry("a", 1), entry("b", 2)), [entry("c", 3)], ["a"])).map((one) => one.id)).toEqual(["b", "c"]);
});

test("unsent messages keep the order in which they were written", () => {
  const rows = map(entry("late", 9, { at: 3 }), entry("early", 9, { at: 1 }), entry("middle", 9, { at: 2 }));
  expect(inOrder(rows).map((one) => one.id)).toEqual(["early", "middle", "late"]);
});

test("a page that touches nothing of what is here leaves a gap", () => {
  const here = [entry("a", 1), entry("b", 2)];
  expect(leavesGap(here, [entry("b", 2), entry("c", 3)], true)).toBe(false);
  expect(leavesGap(here, [entry("x", 50), entry("y", 51)], true)).toBe(true);
  expect(leavesGap(here, [], false)).toBe(false);
});

test("a name is said once for messages that follow each other, and again after a pause or an event", () => {
  const event = entry("e", 103, { what: { is: "joined" } });
  const lines = layOut([entry("a", 100), entry("b", 101), event, entry("c", 104), entry("d", 110), entry("o", 111, { by: "oleg" })]);
  expect(lines.map((line) => line.follows)).toEqual([false, true, false, false, false, false]);
});

test("every day begins with its date", () => {
  const days = layOut([
    entry("a", 0, { at: Date.UTC(2026, 10, 23, 12) * 1000 }),
    entry("b", 1, { at: Date.UTC(2026, 10, 24, 12) * 1000 }),
    entry("c", 2, { at: Date.UTC(2026, 10, 24, 12, 5) * 1000 }),
  ]);
  expect(days.map((line) => line.dayStart)).toEqual([true, true, false]);
});

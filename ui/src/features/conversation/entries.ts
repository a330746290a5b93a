/** Entries of a conversation: merging what comes, and laying them out by days. Pure. */
import type { EntryView, Timestamp } from "$host";

export type Entries = ReadonlyMap<string, EntryView>;

/** Whole rows replace rows of the same id. */
export function upsert(entries: Entries, rows: readonly EntryView[], gone: readonly string[] = []): Entries {
  const next = new Map(entries);
  for (const row of rows) next.set(row.id, row);
  for (const id of gone) next.delete(id);
  return next;
}

/** The place in the stream; then, among what is not sent yet, the time and the id. */
export function inOrder(entries: Entries): EntryView[] {
  return [...entries.values()].sort((a, b) => a.order - b.order || a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** True when a fresh page does not touch what is here: something between the two is missing. */
export function leavesGap(here: readonly EntryView[], page: readonly EntryView[], more: boolean): boolean {
  if (!more || here.length === 0) return false;
  const known = new Set(here.map((entry) => entry.id));
  return !page.some((entry) => known.has(entry.id));
}

export interface Line {
  entry: EntryView;
  /** A day begins here. */
  dayStart: boolean;
  /** Said by the same person right after the entry before: name and face are not repeated. */
  follows: boolean;
}

/** Two messages belong together when less than this lies between them. */
const TOGETHER_MICROS = 5 * 60 * 1_000_000;

export function layOut(entries: readonly EntryView[]): Line[] {
  return entries.map((entry, index) => {
    const before = entries[index - 1];
    const dayStart = !before || !sameDay(before.at, entry.at);
    const talk = entry.what.is === "message" && before?.what.is === "message";
    return { entry, dayStart, follows: !dayStart && talk && before.by === entry.by && entry.at - before.at < TOGETHER_MICROS };
  });
}

function sameDay(a: Timestamp, b: Timestamp): boolean {
  return new Date(a / 1000).toDateString() === new Date(b / 1000).toDateString();
}

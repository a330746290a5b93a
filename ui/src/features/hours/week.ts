/** Openings of a day as they are drawn and typed. Pure; minutes after midnight, above 1440 is the morning after. */
import type { Opening } from "$host";

export const DAY = 1440;
/** What a drag snaps to, in minutes. */
export const STEP = 15;

const snap = (minute: number) => Math.round(minute / STEP) * STEP;
const hold = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** `9:00`; minutes after midnight go on: 1560 is `26:00`, shown as `2:00`. */
export function time(minute: number): string {
  const within = minute > DAY ? minute - DAY : minute;
  return `${Math.floor(within / 60)}:${String(within % 60).padStart(2, "0")}`;
}

/** `9:00–13:00, 14:00–18:00`. */
export function write(openings: readonly Opening[]): string {
  return openings.map((one) => `${time(one.from)}–${time(one.to)}`).join(", ");
}

/** Reads what a person types: `9-13, 14-18`, `9:00–18:30`, `22–6` (a night). `null` when it makes no sense. */
export function read(text: string): Opening[] | null {
  const parts = text
    .split(/[,;]|\s+(?:и|and)\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const openings: Opening[] = [];
  for (const part of parts) {
    const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|до|to)\s*(\d{1,2})(?:[:.](\d{2}))?$/.exec(part);
    if (!match) return null;
    const from = Number(match[1]) * 60 + Number(match[2] ?? 0);
    let to = Number(match[3]) * 60 + Number(match[4] ?? 0);
    if (Number(match[2] ?? 0) > 59 || Number(match[4] ?? 0) > 59 || from >= DAY || to > DAY) return null;
    if (to <= from) to += DAY;
    openings.push({ from, to });
  }
  openings.sort((a, b) => a.from - b.from);
  return apart(openings) ? openings : null;
}

export function apart(openings: readonly Opening[]): boolean {
  return openings.every((one, at) => at === 0 || (openings[at - 1]?.to ?? 0) <= one.from);
}

/** Adds what was drawn; what it touches becomes one with it. */
export function add(openings: readonly Opening[], a: number, b: number): Opening[] {
  const from = hold(snap(Math.min(a, b)), 0, DAY - STEP);
  const to = hold(snap(Math.max(a, b)), from + STEP, DAY);
  return join([...openings, { from, to }]);
}

function join(openings: readonly Opening[]): Opening[] {
  const out: Opening[] = [];
  for (const one of [...openings].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && one.from <= last.to) last.to = Math.max(last.to, one.to);
    else out.push({ ...one });
  }
  return out;
}

/** Moves an opening, or one of its ends, by whole steps; stops at its neighbours and at the day's ends. */
export function shift(openings: readonly Opening[], at: number, part: "from" | "to" | "both", by: number): Opening[] {
  const one = openings[at];
  if (!one) return [...openings];
  const least = openings[at - 1]?.to ?? 0;
  const most = Math.min(openings[at + 1]?.from ?? Infinity, part === "to" ? one.from + DAY : Math.max(DAY, one.to));
  const next = { ...one };
  if (part === "from") next.from = hold(one.from + by, least, one.to - STEP);
  else if (part === "to") next.to = hold(one.to + by, one.from + STEP, most);
  else {
    const move = hold(by, least - one.from, most - one.to);
    next.from = Math.min(one.from + move, DAY - STEP);
    next.to = next.from + (one.to - one.from);
  }
  return openings.map((old, index) => (index === at ? next : old));
}

export function without(openings: readonly Opening[], at: number): Opening[] {
  return openings.filter((_, index) => index !== at);
}

/** Minutes of a week. */
export function total(week: readonly (readonly Opening[])[]): number {
  return week.flat().reduce((sum, one) => sum + one.to - one.from, 0);
}

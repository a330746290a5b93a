/** Periods of a report, by the local midnight. Pure: the zone is the machine's. */
export const PRESETS = ["today", "week", "month", "custom"] as const;
export type Preset = (typeof PRESETS)[number];

/** A period in microseconds; `to` is not included. */
export interface Period {
  from: number;
  to: number;
}

const MICROS = 1000;

function midnight(date: Date, days = 0): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime() * MICROS;
}

/** Today, this week from Monday, this month; each to the end of today. */
export function preset(which: Exclude<Preset, "custom">, now: Date): Period {
  const to = midnight(now, 1);
  if (which === "today") return { from: midnight(now), to };
  if (which === "week") return { from: midnight(now, -((now.getDay() + 6) % 7)), to };
  return { from: midnight(new Date(now.getFullYear(), now.getMonth(), 1)), to };
}

/** From one day to another, both included; none when they make no period. */
export function between(first: string, last: string): Period | null {
  const [from, to] = [fromField(first), fromField(last)];
  if (!from || !to) return null;
  const period = { from: midnight(from), to: midnight(to, 1) };
  return period.from < period.to ? period : null;
}

function fromField(value: string): Date | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return found ? new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3])) : null;
}

/** The day as a date field writes it. */
export function toField(micros: number): string {
  const date = new Date(micros / MICROS);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The last day of a period, which its end does not include. */
export function lastDay({ to }: Period): number {
  return to - 1;
}

/** Times, spans and sizes as a person reads them. Pure: the language and the zone are the machine's. */
import type { Span, Timestamp } from "$host";
import { language, t } from "./catalogue.svelte";

/** English here is the English of a 24-hour clock. */
const locale = () => (language() === "en" ? "en-GB" : "ru-RU");

const MICROS = 1000;

/** `14:32`. */
export function clock(at: Timestamp): string {
  return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(new Date(at / MICROS));
}

/** The day, counted from today: "today", "yesterday", then the date. */
export function day(at: Timestamp, now: number = Date.now()): string {
  const date = new Date(at / MICROS);
  const days = Math.round((midnight(now) - midnight(date.getTime())) / 86_400_000);
  if (days === 0) return t("day-today");
  if (days === 1) return t("day-yesterday");
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", year }).format(date);
}

function midnight(millis: number): number {
  return new Date(millis).setHours(0, 0, 0, 0);
}

/** In a list: the time today, else the short date. */
export function ago(at: Timestamp, now: number = Date.now()): string {
  if (midnight(at / MICROS) === midnight(now)) return clock(at);
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short" }).format(new Date(at / MICROS));
}

/** Day and time of another day: "пн, 30 ноября, 9:00". */
export function when(at: Timestamp): string {
  const options = { weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(locale(), options).format(new Date(at / MICROS));
}

/** A calendar date, "31 декабря 2026", from `2026-12-31`: the same date in every zone. */
export function date(text: string): string {
  const [year = 1970, month = 1, day_ = 1] = text.split("-").map(Number);
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale(), options).format(Date.UTC(year, month - 1, day_)).replace(/\s?г\.$/, "");
}

/** A calendar date in a table, as it is written by hand: "31.12.2026", "31 Dec 2026". */
export function dateShort(text: string): string {
  const [year = 1970, month = 1, day_ = 1] = text.split("-").map(Number);
  const month_ = language() === "en" ? "short" : "2-digit";
  const options = { day: "2-digit", month: month_, year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale(), options).format(Date.UTC(year, month - 1, day_));
}

/** "31 декабря". */
export function dayMonth(month: number, day_: number): string {
  // 2024 has a 29 February.
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", timeZone: "UTC" }).format(Date.UTC(2024, month - 1, day_));
}

/** A length of time: "6 ч 20 мин". */
export function minutes(count: number): string {
  const [hours, rest] = [Math.floor(count / 60), count % 60];
  if (hours === 0) return t("span-minutes", { minutes: String(rest) });
  return rest === 0 ? t("span-hours", { hours: String(hours) }) : t("span-both", { hours: String(hours), minutes: String(rest) });
}

/** Whole minutes since then, never below zero: clocks differ a little. */
export function minutesSince(at: Timestamp, now: number = Date.now()): number {
  return Math.max(0, Math.floor((now - at / MICROS) / 60_000));
}

const STEPS = ["size-b", "size-kb", "size-mb", "size-gb"] as const;

/** Bytes, in steps of 1024, with one digit below ten. */
export function size(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < STEPS.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = step === 0 || value >= 10 ? 0 : 1;
  const shown = new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
  return t(STEPS[step] ?? "size-b", { value: shown });
}

/** A number with one digit after the point, in the language's way. */
export function decimal(value: number): string {
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}

/** A whole number with its groups of digits. */
export function whole(value: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }).format(value);
}

/** A share of the whole, in per cent. */
export function percent(share: number): string {
  return new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** A length of time as a person says it: seconds below a minute, days above two; none is a dash. */
export function length(span: Span | null): string {
  if (span === null) return "—";
  const seconds = Math.round(span / 1_000_000);
  if (seconds < 60) return t("length-seconds", { count: seconds });
  return spanOf(Math.floor(seconds / 60));
}

/** So many minutes as a person says it. */
export function spanOf(minutes: number): string {
  if (minutes < 60) return t("minutes", { count: minutes });
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours < 48) return rest === 0 ? t("length-hours", { hours }) : t("length-hours-minutes", { hours, minutes: rest });
  return t("length-days", { days: Math.floor(hours / 24) });
}

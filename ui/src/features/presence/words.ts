/** Presence and availability as a person reads them. */
import type { Availability, DeclaredPresence } from "$host";
import { clock, t } from "$i18n";

/** What somebody declared: `on line`, `lunch until 13:00`. */
export function declared(of: DeclaredPresence): string {
  if (of.is === "lunch") return t("presence-lunch-until", { time: clock(of.until) });
  if (of.is === "away" && of.until !== null) return t("presence-away-until", { time: clock(of.until) });
  return t(`presence-${of.is}`);
}

/** Why somebody does or does not take requests. */
export function availability(of: Availability): string {
  if (of.is === "lunch") return t("presence-lunch-until", { time: clock(of.until) });
  if (of.is === "away") return of.until === null ? t("presence-away") : t("presence-away-until", { time: clock(of.until) });
  if (of.is === "out_of_hours") return of.opens === null ? t("presence-closed") : t("presence-closed-until", { time: clock(of.opens) });
  return t(`presence-${of.is}`);
}

/** Seconds from now until the next time the clock shows `HH:MM`; null when that is no time. */
export function secondsUntil(time: string, now: Date = new Date()): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(time);
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  if (hours > 23 || minutes > 59) return null;
  const then = new Date(now);
  then.setHours(hours, minutes, 0, 0);
  if (then <= now) then.setDate(then.getDate() + 1);
  return Math.round((then.getTime() - now.getTime()) / 1000);
}

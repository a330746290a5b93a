/** Why a request was shown to somebody, and why not to the others, in words. */
import type { Availability, WayPerson } from "$host";
import { clock, t } from "$i18n";

/** Why somebody was not asked; empty for who could have been. */
export function skipped(one: WayPerson): string {
  const skip = one.skipped;
  if (skip === null) return "";
  if (skip.is === "full") return t("way-full", { active: one.active, capacity: one.capacity });
  if (skip.is === "passed") return t("way-passed");
  return unavailable(skip.why);
}

function unavailable(why: Availability): string {
  if (why.is === "lunch") return t("presence-lunch-until", { time: clock(why.until) });
  if (why.is === "away" && why.until !== null) return t("presence-away-until", { time: clock(why.until) });
  if (why.is === "out_of_hours") return t("presence-closed");
  return t(`presence-${why.is}`);
}

/** What somebody had in hand, and for how long there was a rest. */
export function load(one: WayPerson): string {
  const minutes = Math.floor(one.idle / 60_000_000);
  return t("way-load", { active: one.active, capacity: one.capacity, minutes });
}

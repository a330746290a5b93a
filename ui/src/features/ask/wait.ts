/** The expected wait and its reason, as a customer reads them. */
import type { Timestamp, WaitRange, WaitReason } from "$host";
import { clock, day, t } from "$i18n";

/** "Usually 3 to 7 minutes". */
export function range({ from, to }: WaitRange): string {
  return from === 0 ? t("wait-under", { count: to }) : t("wait-range", { from, to });
}

/** Why it takes so long, in one sentence. */
export function reason(of: WaitReason): string {
  if (of.is === "lunch") return t("wait-lunch", { time: clock(of.until) });
  if (of.is === "closed") return of.opens === null ? t("wait-closed") : t("wait-closed-until", { time: when(of.opens) });
  return t(`wait-${of.is}`);
}

/** Today the time, else the day and the time. */
function when(at: Timestamp, now: number = Date.now()): string {
  const same = new Date(at / 1000).toDateString() === new Date(now).toDateString();
  return same ? clock(at) : `${day(at, now)}, ${clock(at)}`;
}

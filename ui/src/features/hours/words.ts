/** What a line's hours say, as a sentence in the reader's own time. */
import type { LineHours, Timestamp } from "$host";
import { clock, t, when } from "$i18n";

/** Whether the wall here shows another time than the wall there. */
export function elsewhere(line: LineHours, here: number = -new Date().getTimezoneOffset()): boolean {
  return line.calendar !== null && line.offset_minutes !== here;
}

const sameDay = (at: Timestamp, now: number) => new Date(at / 1000).toDateString() === new Date(now).toDateString();

/** "открыта до 18:00 по вашему времени". */
export function sentence(line: LineHours, now: number = Date.now()): string {
  const yours = elsewhere(line) ? "yes" : "no";
  const { now: state } = line;
  switch (state.is) {
    case "open":
      return state.until === null || line.calendar === null ? t("hours-always") : t("hours-open", { until: until(state.until, now), yours });
    case "break":
      return t("hours-break", { until: clock(state.until), yours });
    default:
      if (state.until === null) return t("hours-closed-for-good");
      return t("hours-closed", { until: until(state.until, now), why: state.why || "", has: state.why ? "yes" : "no", yours });
  }
}

/** The time today, else day and time. */
export function until(at: Timestamp, now: number = Date.now()): string {
  return sameDay(at, now) ? clock(at) : when(at);
}

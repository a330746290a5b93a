/** What a ticket says in words: how it stands, what is promised, how near a deadline is. */
import type { TicketDeadlines, TicketLight, TicketStatus, TicketView, Timestamp, Tracker } from "$host";
import { clock, day, spanOf, t } from "$i18n";

/** All statuses in the order of a board. */
export const STATUSES: readonly TicketStatus[] = ["new", "reopened", "in_work", "waiting", "solved", "confirmed", "refused"];

export const isOver = (status: TicketStatus) => status === "solved" || status === "confirmed" || status === "refused";

/** The customer has to be told in words: a question, an answer, a reason. */
export const needsWords = (to: TicketStatus) => to === "waiting" || to === "solved" || to === "refused" || to === "reopened";

export function tone(status: TicketStatus): "plain" | "good" | "warn" | "bad" | "accent" {
  if (status === "solved" || status === "confirmed") return "good";
  if (status === "waiting") return "warn";
  if (status === "reopened") return "bad";
  return status === "in_work" ? "accent" : "plain";
}

/** `№ 1042`; nothing while the desk has not seen it. */
export const numbered = (number: number | null) => (number === null ? "" : t("ticket-number", { number: String(number) }));

/** A tracker's name: the owner's own, else that of its kind. */
export const trackerName = (tracker: Pick<Tracker, "name" | "kind">) => tracker.name || t(`ticket-kind-${tracker.kind}`);

/** The nearest deadline. */
export function nearest({ answer, solution }: TicketDeadlines): Timestamp | null {
  if (answer === null || solution === null) return answer ?? solution;
  return Math.min(answer, solution);
}

/** How the nearest deadline stands now: less than a fifth of the time left is yellow. The core reckons alike. */
export function light(deadlines: TicketDeadlines, made: Timestamp, now: Timestamp): TicketLight {
  const due = nearest(deadlines);
  if (due === null) return "none";
  if (due < now) return "red";
  return (due - now) * 5 <= due - made ? "yellow" : "green";
}

const DAY_MS = 86_400_000;

/** "сегодня до 16:40". */
export function by(at: Timestamp, now: number): string {
  const midnight = (millis: number) => new Date(millis).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at / 1000) - midnight(now)) / DAY_MS);
  const time = clock(at);
  if (days === 0) return t("ticket-by-today", { time });
  if (days === 1) return t("ticket-by-tomorrow", { time });
  if (days === -1) return t("ticket-by-yesterday", { time });
  return t("ticket-by-day", { day: day(at, now), time });
}

/** The promise to the customer as a sentence; empty when there is none. */
export function promise(ticket: Pick<TicketView, "status" | "deadlines" | "mark" | "number">, now = Date.now()): string {
  if (ticket.number === null && ticket.mark !== "stuck") return t("ticket-waiting");
  if (ticket.status === "waiting") return t("ticket-promise-waits");
  const { answer, solution } = ticket.deadlines;
  const late = (at: Timestamp) => at < now * 1000;
  if (answer !== null) return t(late(answer) ? "ticket-promise-answer-late" : "ticket-promise-answer", { by: by(answer, now) });
  if (solution !== null) return t(late(solution) ? "ticket-promise-solution-late" : "ticket-promise-solution", { by: by(solution, now) });
  return "";
}

/** How much time a deadline leaves: "ещё 40 мин", "опоздание 2 ч". */
export function left(due: Timestamp, now: number): string {
  const minutes = Math.floor((due / 1000 - now) / 60_000);
  return minutes < 0 ? t("ticket-late", { span: rough(-minutes) }) : t("ticket-left", { span: rough(minutes) });
}

/** A span for a glance: the minutes of many hours say nothing. */
function rough(minutes: number): string {
  const MANY = 600;
  return spanOf(minutes < MANY ? minutes : minutes - (minutes % 60));
}

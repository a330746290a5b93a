/** What the board says of its talks and people. Pure. */
import type { BoardDoing, BoardTalk } from "$host";

export type Group = "waiting" | "held" | "over";

export function groupOf({ state }: BoardTalk): Group {
  if (state.is === "accepted") return "held";
  return state.is === "closed" || state.is === "cancelled" ? "over" : "waiting";
}

/** A wait of so many minutes is shown in amber, as in the queue. */
export const LONG_WAIT = 5;

export function toneOf(doing: BoardDoing): "good" | "accent" | "warn" | "plain" {
  if (doing === "free") return "good";
  if (doing === "busy") return "accent";
  if (doing === "full" || doing === "lunch" || doing === "away") return "warn";
  return "plain";
}

/** The mean of stars, none when nobody rated. */
export function mean(stars: number, rated: number): number | null {
  return rated > 0 ? stars / rated : null;
}

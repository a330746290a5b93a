/** Scopes and spans of a remote session for the screen. Pure. */
import type { Scope, SessionView } from "$host";

/** In the order in which they are shown. */
export const SCOPES: readonly Scope[] = ["view", "point", "pointer", "keyboard"];

/** What a helper asks for. Pointing comes with drawing on the screen; until then nobody is asked about it. */
export const ASKED: readonly Scope[] = ["view", "pointer", "keyboard"];

/** `see`, `control`: what a person needs to know in one word. */
export function reach(scopes: readonly Scope[]): "nothing" | "see" | "control" {
  if (scopes.includes("pointer") || scopes.includes("keyboard")) return "control";
  return scopes.length > 0 ? "see" : "nothing";
}

/** Milliseconds live and left, counted from the moment the view was received. */
export function spans(session: SessionView, received: number, now: number): { live: number; left: number } {
  const since = Math.max(0, now - received);
  return { live: session.live_ms + since, left: Math.max(0, session.left_ms - since) };
}

/** The same in whole minutes: a picture of the bar goes over the line each time it changes. */
export function minutes({ live, left }: { live: number; left: number }): { live: number; left: number } {
  return { live: Math.floor(live / 60_000), left: Math.ceil(left / 60_000) };
}

/** Nothing works without seeing: choosing anything chooses seeing, dropping it drops all. */
export function choose(chosen: readonly Scope[], scope: Scope, on: boolean): Scope[] {
  const next = new Set(chosen);
  if (on) next.add(scope).add("view");
  else if (scope === "view") next.clear();
  else next.delete(scope);
  return SCOPES.filter((one) => next.has(one));
}

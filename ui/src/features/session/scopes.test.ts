import type { SessionView } from "$host";
import { expect, test } from "vitest";
import { choose, reach, spans } from "./scopes";

test("control needs seeing: choosing it chooses seeing, dropping seeing drops all", () => {
  expect(choose([], "keyboard", true)).toEqual(["view", "keyboard"]);
  expect(choose(["view", "point", "pointer"], "view", false)).toEqual([]);
  expect(choose(["view", "point"], "point", false)).toEqual(["view"]);
});

test("one word says how far a helper reaches", () => {
  expect([reach([]), reach(["view", "point"]), reach(["view", "keyboard"])]).toEqual(["nothing", "see", "control"]);
});

test("what is left never falls below nothing", () => {
  const session = { live_ms: 1000, left_ms: 5000 } as SessionView;
  expect(spans(session, 100, 2100)).toEqual({ live: 3000, left: 3000 });
  expect(spans(session, 100, 99_100).left).toBe(0);
});

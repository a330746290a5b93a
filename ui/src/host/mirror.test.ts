import { expect, test } from "vitest";
import { Mirror } from "./mirror.svelte";

test("an event that overtakes the reply stays: an older view never replaces a newer one", () => {
  const mirror = new Mirror<{ rev: number; from: string }>();
  mirror.take({ rev: 7, from: "event" });
  mirror.take({ rev: 6, from: "reply" });
  expect(mirror.view?.from).toBe("event");
  mirror.take({ rev: 8, from: "next" });
  expect(mirror.view?.from).toBe("next");
});

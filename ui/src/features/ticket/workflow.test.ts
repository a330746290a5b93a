import type { WorkflowStep } from "$host";
import { expect, test } from "vitest";
import { hasLastWord, stuckAt, targets, withStep } from "./workflow";

const steps: WorkflowStep[] = [
  { from: "new", to: "in_work", who: "staff" },
  { from: "in_work", to: "solved", who: "staff" },
  { from: "waiting", to: "in_work", who: "staff" },
  { from: "reopened", to: "in_work", who: "staff" },
  { from: "solved", to: "confirmed", who: "customer" },
  { from: "solved", to: "reopened", who: "customer" },
  { from: "solved", to: "confirmed", who: "supervisor" },
];

test("a supervisor does what a specialist does, and more", () => {
  expect(targets(steps, "specialist", "solved")).toEqual([]);
  expect(targets(steps, "owner", "solved")).toEqual(["confirmed"]);
  expect(targets(steps, "owner", "new")).toEqual(["in_work"]);
  expect(targets(steps, "customer", "solved")).toEqual(["reopened", "confirmed"]);
});

test("a ticket gets stuck where no specialist brings it to an end", () => {
  expect(stuckAt(steps)).toBeNull();
  expect(stuckAt(withStep(steps, { from: "waiting", to: "in_work", who: "staff" }, false))).toBe("waiting");
});

test("the customer has the last word on what is called solved", () => {
  expect(hasLastWord(steps)).toBe(true);
  expect(hasLastWord(withStep(steps, { from: "solved", to: "reopened", who: "customer" }, false))).toBe(false);
});

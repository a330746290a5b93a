/** Who moves a ticket where. The core holds to the same rules; here they say what a screen offers. */
import type { Role, TicketStatus, Workflow, WorkflowStep, WorkflowWho } from "$host";
import { isOver, STATUSES } from "./words";

export const WHO: readonly WorkflowWho[] = ["customer", "staff", "supervisor"];

/** The steps of a workflow, in no order. */
export const stepsOf = (workflow: Workflow): readonly WorkflowStep[] => workflow.steps;

function is(who: WorkflowWho, role: Role): boolean {
  if (who === "customer") return role === "customer";
  if (who === "supervisor") return role === "supervisor" || role === "owner";
  return role === "specialist" || role === "supervisor" || role === "owner";
}

/** Where somebody in this role moves a ticket, in the order of a board. */
export function targets(steps: readonly WorkflowStep[], role: Role, from: TicketStatus): TicketStatus[] {
  return STATUSES.filter((to) => steps.some((step) => step.from === from && step.to === to && is(step.who, role)));
}

/** Where a ticket gets stuck: no specialist brings it to an end from there. */
export function stuckAt(steps: readonly WorkflowStep[]): TicketStatus | null {
  const ends = (from: TicketStatus): boolean => {
    const seen = new Set<TicketStatus>([from]);
    for (const at of seen) {
      if (isOver(at)) return true;
      for (const to of targets(steps, "specialist", at)) seen.add(to);
    }
    return false;
  };
  return STATUSES.find((status) => !isOver(status) && !ends(status)) ?? null;
}

/** The customer can confirm and reopen what is called solved. */
export const hasLastWord = (steps: readonly WorkflowStep[]) =>
  (["confirmed", "reopened"] as const).every((to) => targets(steps, "customer", "solved").includes(to));

/** With the step, or without it. */
export function withStep(steps: readonly WorkflowStep[], step: WorkflowStep, on: boolean): WorkflowStep[] {
  const others = steps.filter((one) => one.from !== step.from || one.to !== step.to || one.who !== step.who);
  return on ? [...others, step] : others;
}

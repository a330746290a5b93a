/** The way of a new owner: what is there already says which step is next, so it can be left at any time. */
import type { PeopleView } from "$host";

export const STEPS = ["firm", "line", "specialist", "client"] as const;
export type Step = (typeof STEPS)[number];

/** Which steps are behind. A desk has its firm's name from the first moment. */
export function done(view: PeopleView): Record<Step, boolean> {
  const someone = (roles: string[]) => view.people.some((person) => roles.includes(person.role) && (person.invited || person.joined));
  return {
    firm: true,
    line: view.lines.length > 0,
    specialist: someone(["specialist", "supervisor"]),
    client: someone(["customer"]),
  };
}

/** The first step that is not behind; none when all are. */
export function next(view: PeopleView): Step | null {
  const behind = done(view);
  return STEPS.find((step) => !behind[step]) ?? null;
}

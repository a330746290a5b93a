/** Which tickets a list shows: the usual questions, and what a filter says in short. */
import type { TicketFilter, TicketsAsk, TicketSort } from "$host";

export const NO_FILTER: TicketFilter = {
  text: "",
  statuses: [],
  open: false,
  kinds: [],
  trackers: [],
  priorities: [],
  categories: [],
  lines: [],
  organisations: [],
  customer: null,
  assignee: { is: "any" },
  lights: [],
  watched: false,
  from: null,
  before: null,
};

export const BY_DEADLINE: TicketSort = { by: "deadline", down: false };
export const NEWEST: TicketSort = { by: "updated", down: true };

export const ask = (filter: Partial<TicketFilter>, sort: TicketSort = NEWEST): TicketsAsk => ({
  filter: { ...NO_FILTER, ...filter },
  sort,
  group: null,
  from: 0,
  count: 0,
});

/** Lists that everybody has; their names are the texts `ticket-list-ID`. */
export const PRESETS = [
  { id: "open", ask: ask({ open: true }) },
  { id: "day", ask: ask({ open: true, assignee: { is: "me" } }, BY_DEADLINE) },
  { id: "nobody", ask: ask({ open: true, assignee: { is: "nobody" } }, BY_DEADLINE) },
  { id: "burning", ask: ask({ open: true, lights: ["yellow", "red"] }, BY_DEADLINE) },
] as const;

/** Both show the same tickets in the same order. */
export const same = (a: TicketsAsk, b: TicketsAsk) => JSON.stringify([a.filter, a.sort, a.group]) === JSON.stringify([b.filter, b.sort, b.group]);

/** So many things are asked of a ticket, the text apart. */
export function narrowed(filter: TicketFilter): number {
  const sets = [
    filter.statuses,
    filter.kinds,
    filter.trackers,
    filter.priorities,
    filter.categories,
    filter.lines,
    filter.organisations,
    filter.lights,
  ];
  const flags = [filter.customer !== null, filter.assignee.is !== "any", filter.watched, filter.from !== null, filter.before !== null];
  return sets.filter((set) => set.length > 0).length + flags.filter(Boolean).length;
}

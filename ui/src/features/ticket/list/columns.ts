/** Columns of the list: their order, widths, and which a narrow window leaves out. */
import type { TicketColumn } from "$host";

export interface ColumnShape {
  id: TicketColumn;
  /** Width as CSS has it. */
  width: string;
  /** Rem that it needs at least. */
  least: number;
}

export const COLUMNS: readonly ColumnShape[] = [
  { id: "number", width: "5rem", least: 5 },
  { id: "subject", width: "minmax(13rem, 3fr)", least: 13 },
  { id: "customer", width: "minmax(9rem, 1.4fr)", least: 9 },
  { id: "status", width: "8.25rem", least: 8.25 },
  { id: "priority", width: "7rem", least: 7 },
  { id: "assignee", width: "minmax(8rem, 1fr)", least: 8 },
  { id: "deadline", width: "10.5rem", least: 10.5 },
  { id: "made", width: "6rem", least: 6 },
  { id: "updated", width: "6rem", least: 6 },
];

/** What nobody can do without. */
export const ALWAYS: readonly TicketColumn[] = ["number", "subject"];
export const USUAL: readonly TicketColumn[] = ["number", "subject", "customer", "status", "priority", "assignee", "deadline"];
/** What goes first when there is no room. */
const DISPENSABLE: readonly TicketColumn[] = ["made", "updated", "priority", "customer", "assignee", "status", "deadline"];
/** The box to tick, and the edges. */
const REST = 4;

/** The columns that fit into so many rem, in their order. */
export function fitting(chosen: readonly string[], rem: number): ColumnShape[] {
  let shown = COLUMNS.filter((one) => ALWAYS.includes(one.id) || chosen.includes(one.id));
  for (const id of DISPENSABLE) {
    if (shown.reduce((sum, one) => sum + one.least, REST) <= rem) break;
    shown = shown.filter((one) => one.id !== id);
  }
  return shown;
}

/** What the page of tickets shows at present. It outlives the page for as long as the window is open. */
import type { Host, TicketId, TicketsAsk, TicketView } from "$host";
import { Kept } from "$kit/kept.svelte";
import { PRESETS } from "./asks";
import { USUAL } from "./columns";
import { TicketLists } from "./lists.svelte";
import { TicketWindows } from "./windows.svelte";

/** Tickets that are changed at once at most, as the core has it. */
export const MOST_PICKED = 500;

export class TicketPage {
  readonly #host: Host;
  readonly #keptAsk = new Kept("tickets-ask");
  readonly #keptColumns = new Kept("tickets-columns");
  readonly lists: TicketLists;
  readonly list: TicketWindows;
  ask = $state.raw<TicketsAsk>(PRESETS[0].ask);
  columns = $state.raw<readonly string[]>(USUAL);
  picked = $state.raw<ReadonlySet<TicketId>>(new Set());
  /** More are in the list than can be picked. */
  cut = $state(false);

  constructor(host: Host) {
    this.#host = host;
    this.lists = new TicketLists(host);
    this.ask = read(this.#keptAsk.value) ?? this.ask;
    this.columns = read(this.#keptColumns.value) ?? this.columns;
    this.list = new TicketWindows(host, this.ask);
  }

  /** Listens to changes of the list and of the lists; gives back what stops it. */
  async open(): Promise<() => void> {
    const opened = await Promise.allSettled([this.list.open(), this.lists.open()]);
    const stop = () => opened.forEach((one) => one.status === "fulfilled" && one.value());
    const refused = opened.find((one) => one.status === "rejected");
    if (!refused) return stop;
    stop();
    throw refused.reason;
  }

  show(ask: TicketsAsk): void {
    this.ask = ask;
    this.#keptAsk.value = JSON.stringify(ask);
    this.clear();
    void this.list.show(ask);
  }

  setColumns(columns: readonly string[]): void {
    this.columns = columns.length > 0 ? columns : USUAL;
    this.#keptColumns.value = JSON.stringify(this.columns);
  }

  pick(tickets: readonly TicketView[], on: boolean): void {
    const ids = tickets.map((one) => one.id);
    const next = on ? [...this.picked, ...ids] : [...this.picked].filter((id) => !ids.includes(id));
    this.picked = new Set(next.slice(0, MOST_PICKED));
    this.cut = next.length > MOST_PICKED;
  }

  async pickAll(): Promise<void> {
    const page = await this.#host.call("list_tickets", { ...this.ask, from: 0, count: MOST_PICKED });
    this.picked = new Set(page.rows.map((row) => row.id));
    this.cut = page.total > MOST_PICKED;
  }

  clear(): void {
    this.picked = new Set();
    this.cut = false;
  }
}

/** What was kept by an older build may read otherwise: then the usual is shown. */
function read<T>(text: string): T | null {
  try {
    return text === "" ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

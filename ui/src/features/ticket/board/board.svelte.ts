/** Tickets by status: the first of each column, by deadline. */
import type { Host, TicketFilter, TicketStatus, TicketView, Unsubscribe } from "$host";
import { explain, type Explained } from "$i18n";
import { STATUSES } from "$features/ticket/words";

/** Cards of a column; whoever wants more looks at the list. */
export const CARDS = 50;

export interface BoardColumn {
  status: TicketStatus;
  total: number;
  tickets: readonly TicketView[];
}

export class TicketBoard {
  readonly #host: Host;
  #filter: TicketFilter;
  #columns = $state.raw<readonly BoardColumn[]>([]);
  #failed = $state.raw<Explained | null>(null);
  #age = 0;
  #moved: Promise<unknown> = Promise.resolve();
  #calm: ReturnType<typeof setTimeout> | undefined;
  /** Changes that come in a burst are one change to the eye. */
  static readonly #CALM_MS = 120;

  constructor(host: Host, filter: TicketFilter) {
    this.#host = host;
    this.#filter = filter;
  }

  get columns(): readonly BoardColumn[] {
    return this.#columns;
  }

  get failed(): Explained | null {
    return this.#failed;
  }

  find(id: string): TicketView | undefined {
    return this.#columns.flatMap((one) => one.tickets).find((one) => one.id === id);
  }

  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("tickets_moved", () => {
      clearTimeout(this.#calm);
      this.#calm = setTimeout(() => void this.#moved.then(() => this.reload()), TicketBoard.#CALM_MS);
    });
    await this.reload();
    return () => {
      clearTimeout(this.#calm);
      stop();
    };
  }

  async show(filter: TicketFilter): Promise<void> {
    this.#filter = filter;
    await this.reload();
  }

  async reload(): Promise<void> {
    this.#age += 1;
    const age = this.#age;
    try {
      const columns = await Promise.all(STATUSES.map((status) => this.#column(status)));
      if (age === this.#age) [this.#columns, this.#failed] = [columns, null];
    } catch (thrown) {
      if (age === this.#age) this.#failed = explain(thrown);
    }
  }

  /**
   * Moves a ticket, with words where they are asked for. It is shown there at once; moves go out one after the
   * other, so that two quick ones of one ticket arrive in the order they were made.
   */
  async move(ticket: TicketView, to: TicketStatus, text: string): Promise<void> {
    // What was asked for before the move does not know of it.
    this.#age += 1;
    this.#columns = this.#columns.map((column) => {
      if (column.status === ticket.status)
        return { ...column, total: column.total - 1, tickets: column.tickets.filter((one) => one.id !== ticket.id) };
      return column.status === to ? { ...column, total: column.total + 1, tickets: [{ ...ticket, status: to }, ...column.tickets] } : column;
    });
    const edits = [{ was: { field: "status", value: ticket.status } as const, now: { field: "status", value: to } as const }];
    const call = () => this.#host.call("update_ticket", { ticket: ticket.id, edits, text, files: [], staff: false });
    const moved = this.#moved.then(call);
    this.#moved = moved.catch(() => undefined);
    try {
      await moved;
    } catch (thrown) {
      await this.reload();
      throw thrown;
    }
  }

  async #column(status: TicketStatus): Promise<BoardColumn> {
    // What is over is of no interest in "only open ones", but a place to move tickets to.
    const filter = { ...this.#filter, open: false, statuses: [status] };
    const over = this.#filter.open && (status === "solved" || status === "confirmed" || status === "refused");
    const sort = { by: over ? "updated" : "deadline", down: over } as const;
    const page = await this.#host.call("list_tickets", { filter, sort, group: null, from: 0, count: CARDS });
    return { status, total: page.total, tickets: page.rows };
  }
}

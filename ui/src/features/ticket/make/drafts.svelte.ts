/** Tickets that are being written on this device. */
import { type Host, Mirror, type TicketDraftView, type TicketDrafts, type TicketId, type Unsubscribe } from "$host";

export class DraftsStore {
  readonly #host: Host;
  readonly #drafts = new Mirror<TicketDrafts>();

  constructor(host: Host) {
    this.#host = host;
  }

  get all(): readonly TicketDraftView[] {
    return this.#drafts.view?.drafts ?? [];
  }

  /** Listens first, then loads. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("ticket_drafts_changed", (view) => this.#drafts.take(view));
    try {
      this.#drafts.take(await this.#host.call("ticket_drafts", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  async drop(ticket: TicketId): Promise<void> {
    this.#drafts.take(await this.#host.call("drop_ticket_draft", { ticket }));
  }
}

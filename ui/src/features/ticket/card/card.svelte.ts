/** A ticket that is open. The core owns the truth; this mirrors it for the screen. */
import type { Host, TicketCard, TicketChange, TicketEdit, TicketId, TicketStatus, Unsubscribe } from "$host";
import { Kept } from "$kit/kept.svelte";

export class TicketCardStore {
  readonly #host: Host;
  readonly id: TicketId;
  /** What is being written under the history; it survives going back to the list. */
  readonly text: Kept;
  #view = $state.raw<TicketCard | null>(null);

  constructor(host: Host, id: TicketId) {
    this.#host = host;
    this.id = id;
    this.text = new Kept(`ticket-words:${id}`);
  }

  get view(): TicketCard | null {
    return this.#view;
  }

  /** Takes the card unless a newer one is here. */
  take(card: TicketCard): void {
    if (card.row.id === this.id && (this.#view === null || card.row.rev >= this.#view.row.rev)) this.#view = card;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("tickets_moved", ({ tickets }) => {
      // What cannot be had now comes with the next change.
      if (tickets.length === 0 || tickets.includes(this.id)) void this.reload().catch(() => undefined);
    });
    try {
      await this.reload();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  async reload(): Promise<void> {
    this.take(await this.#host.call("open_ticket", { ticket: this.id }));
  }

  /** It is before a person's eyes. What cannot be noted now is noted with the next look. */
  async saw(): Promise<void> {
    if (this.#view?.row.unread) await this.#host.call("saw_ticket", { ticket: this.id }).catch(() => undefined);
  }

  async update(edits: TicketEdit[], text = "", files: readonly string[] = [], staff = false): Promise<void> {
    this.take(await this.#host.call("update_ticket", { ticket: this.id, edits, text, files: [...files], staff }));
  }

  /** Changes a field from what was on screen when the person began. */
  async change(was: TicketChange, now: TicketChange): Promise<void> {
    if (JSON.stringify(was) !== JSON.stringify(now)) await this.update([{ was, now }]);
  }

  async move(to: TicketStatus, text: string, files: readonly string[] = []): Promise<void> {
    const from = this.#view?.row.status;
    if (from) await this.update([{ was: { field: "status", value: from }, now: { field: "status", value: to } }], text, files);
  }
}

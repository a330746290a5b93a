/** The specialist's queue. The core owns the truth; this mirrors it and counts offers down. */
import { type Host, Mirror, type OfferRef, type QueueRow, type QueueView, type Unsubscribe } from "$host";

export class QueueStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<QueueView>();
  #received = $state.raw(0);

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): QueueView | null {
    return this.#mirror.view;
  }

  /** `performance.now()` when the view came: its spans are counted from there. */
  get received(): number {
    return this.#received;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("queue_changed", (view) => this.#take(view));
    try {
      this.#take(await this.#host.call("queue", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  /** The reason is for supervisors; it may be empty. */
  async decline(row: QueueRow, reason: string): Promise<void> {
    this.#take(await this.#host.call("decline", { ...asked(row), reason }));
  }

  #take(view: QueueView): void {
    this.#mirror.take(view);
    if (this.#mirror.view === view) this.#received = performance.now();
  }
}

/** The request as it was shown: a stale answer is refused by its epoch. */
export function asked(row: QueueRow): OfferRef {
  return { request: row.request, epoch: row.epoch };
}

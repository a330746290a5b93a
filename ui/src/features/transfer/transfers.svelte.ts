/** What is being handed over. The core owns the truth; this mirrors it and counts offers down. */
import { type Host, Mirror, type TransfersView, type Unsubscribe } from "$host";

export class TransfersStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<TransfersView>();
  #received = $state.raw(0);

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): TransfersView | null {
    return this.#mirror.view;
  }

  /** `performance.now()` when the view came: its spans are counted from there. */
  get received(): number {
    return this.#received;
  }

  /** The offer of this conversation to somebody else. */
  outgoing(conversation: string) {
    return this.view?.outgoing.find((one) => one.conversation === conversation) ?? null;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("transfers_changed", (view) => this.take(view));
    try {
      this.take(await this.#host.call("transfers", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  take(view: TransfersView): void {
    this.#mirror.take(view);
    if (this.#mirror.view === view) this.#received = performance.now();
  }
}

/** All tickets one may see, newest first. */
import { type Host, Mirror, type TicketsView, type Unsubscribe } from "$host";

export class TicketsStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<TicketsView>();

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): TicketsView | null {
    return this.#mirror.view;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("tickets_changed", (view) => this.#mirror.take(view));
    try {
      await this.reload();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  async reload(): Promise<void> {
    this.#mirror.take(await this.#host.call("tickets", {}));
  }
}

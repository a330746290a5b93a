/** How a request found its specialist, and whether its conversation is on hold. */
import { type Host, type Unsubscribe, type WayView } from "$host";

export class WayStore {
  readonly #host: Host;
  readonly #request: string;
  view = $state.raw<WayView | null>(null);

  constructor(host: Host, request: string) {
    this.#host = host;
    this.#request = request;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const reload = () => void this.#load().catch(() => undefined);
    const way = await this.#host.on("way_changed", ({ request }) => request === this.#request && reload());
    const head = await this.#host.on("conversation_reloaded", ({ conversation }) => conversation === this.#request && reload());
    const stop = () => {
      way();
      head();
    };
    try {
      await this.#load();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  async hold(on: boolean): Promise<void> {
    this.view = await this.#host.call("set_hold", { conversation: this.#request, on });
  }

  async #load(): Promise<void> {
    this.view = await this.#host.call("way", { request: this.#request });
  }
}

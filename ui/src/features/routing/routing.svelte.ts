/** How requests find specialists: what the owner sets up. */
import { type Host, Mirror, type Overflow, type RoutingRules, type RoutingView, type Unsubscribe } from "$host";

export class RoutingStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<RoutingView>();

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): RoutingView | null {
    return this.#mirror.view;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("routing_changed", (view) => this.#mirror.take(view));
    try {
      this.#mirror.take(await this.#host.call("routing", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  async setRules(rules: RoutingRules): Promise<void> {
    this.#mirror.take(await this.#host.call("set_rules", { rules }));
  }

  async setOverflow(line: string, overflow: Overflow | null): Promise<void> {
    this.#mirror.take(await this.#host.call("set_overflow", { line, overflow }));
  }

  async setCapacity(person: string, capacity: number): Promise<void> {
    this.#mirror.take(await this.#host.call("set_capacity", { person, capacity }));
  }
}

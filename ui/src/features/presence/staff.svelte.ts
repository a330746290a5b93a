/** The firm's people and whether they take requests. The desk says it; nothing of it is kept. */
import { type Host, Mirror, type PresenceStatus, type StaffRow, type StaffView, type Unsubscribe } from "$host";

export class StaffStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<StaffView>();
  readonly me = $derived<StaffRow | null>(this.#mirror.view?.people.find((one) => one.me) ?? null);
  readonly others = $derived<StaffRow[]>((this.#mirror.view?.people ?? []).filter((one) => !one.me));

  constructor(host: Host) {
    this.#host = host;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("staff_changed", (view) => this.#mirror.take(view));
    try {
      this.#mirror.take(await this.#host.call("staff", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  async declare(status: PresenceStatus, seconds: number | null = null): Promise<void> {
    this.#mirror.take(await this.#host.call("declare", { status, seconds }));
  }
}

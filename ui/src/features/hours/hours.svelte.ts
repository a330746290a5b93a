/** When lines are open. The core owns the truth; what it says "now" is asked for again when it ends. */
import { type Calendar, type Host, type HoursView, type LineHours, type LineId, Mirror, type Unsubscribe } from "$host";

/** A timer is never set further away: machines sleep, and clocks are set. */
const LONGEST = 10 * 60_000;

export class HoursStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<HoursView>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): HoursView | null {
    return this.#mirror.view;
  }

  of(line: LineId | null | undefined): LineHours | null {
    return this.view?.lines.find((one) => one.line === line) ?? null;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("hours_changed", (view) => this.#take(view));
    try {
      await this.reload();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return () => {
      clearTimeout(this.#timer);
      stop();
    };
  }

  async reload(): Promise<void> {
    this.#take(await this.#host.call("hours", {}));
  }

  async set(lines: LineId[], calendar: Calendar | null): Promise<void> {
    this.#take(await this.#host.call("set_hours", { lines, calendar }));
  }

  #take(view: HoursView): void {
    this.#mirror.take(view);
    clearTimeout(this.#timer);
    const until = this.view?.until ?? null;
    if (until === null) return;
    const wait = Math.min(LONGEST, Math.max(1000, until / 1000 - Date.now() + 200));
    this.#timer = setTimeout(() => void this.reload().catch(() => undefined), wait);
  }
}

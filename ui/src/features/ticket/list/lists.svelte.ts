/** Lists that a person kept under a name, on this device; and how many tickets each usual list has. */
import type { Host, SavedList, TicketsAsk, Unsubscribe } from "$host";
import { PRESETS } from "./asks";

export class TicketLists {
  readonly #host: Host;
  #kept = $state.raw<readonly SavedList[]>([]);
  #counts = $state.raw<Readonly<Record<string, number>>>({});
  #calm: ReturnType<typeof setTimeout> | undefined;
  /** Counting is no hurry. */
  static readonly #CALM_MS = 600;

  constructor(host: Host) {
    this.#host = host;
  }

  get kept(): readonly SavedList[] {
    return this.#kept;
  }

  count(preset: string): number | undefined {
    return this.#counts[preset];
  }

  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("tickets_moved", () => {
      clearTimeout(this.#calm);
      this.#calm = setTimeout(() => void this.#countAll(), TicketLists.#CALM_MS);
    });
    this.#kept = (await this.#host.call("ticket_lists", {})).lists;
    void this.#countAll();
    return () => {
      clearTimeout(this.#calm);
      stop();
    };
  }

  /** Keeps a list; one of the same name is replaced. */
  async keep(name: string, ask: TicketsAsk, columns: readonly string[]): Promise<void> {
    const list = { name, ask: { ...ask, from: 0, count: 0 }, columns: [...columns] };
    const at = this.#kept.findIndex((one) => one.name === name);
    await this.#put(at < 0 ? [...this.#kept, list] : this.#kept.with(at, list));
  }

  async drop(name: string): Promise<void> {
    await this.#put(this.#kept.filter((one) => one.name !== name));
  }

  async #put(lists: readonly SavedList[]): Promise<void> {
    this.#kept = (await this.#host.call("keep_ticket_lists", { lists: [...lists] })).lists;
  }

  /** A number that cannot be had is left out: the list itself says why. */
  async #countAll(): Promise<void> {
    const count = async ({ id, ask }: (typeof PRESETS)[number]) => {
      const page = await this.#host.call("list_tickets", { ...ask, from: 0, count: 0 }).catch(() => null);
      return page ? [[id, page.total] as const] : [];
    };
    this.#counts = Object.fromEntries((await Promise.all(PRESETS.map(count))).flat());
  }
}

/**
 * A list of tickets, however long, through windows: only what is in sight, and a little more, is fetched.
 *
 * What is on screen stays there until what replaces it has come, so that nothing flickers; what was asked for an
 * older question is dropped.
 */
import type { Host, TicketGroupView, TicketId, TicketsAsk, TicketView, Unsubscribe } from "$host";
import { explain, type Explained } from "$i18n";

/** Rows of one window. */
export const WINDOW = 100;
/** Changes that come in a burst are one change to the eye. */
const CALM_MS = 120;

interface Window {
  /** Of which age of the list. */
  age: number;
  rows: readonly TicketView[];
}

export class TicketWindows {
  readonly #host: Host;
  #ask: TicketsAsk;
  #windows = $state.raw<ReadonlyMap<number, Window>>(new Map());
  #total = $state(0);
  #groups = $state.raw<readonly TicketGroupView[]>([]);
  #known = $state(false);
  #ever = $state(false);
  #failed = $state.raw<Explained | null>(null);
  /** Grows with each change of the list. */
  #age = 0;
  /** Windows that are in sight. */
  #sight: readonly number[] = [0];
  readonly #underway = new Set<string>();
  #calm: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, ask: TicketsAsk) {
    this.#host = host;
    this.#ask = ask;
  }

  get total(): number {
    return this.#total;
  }

  get groups(): readonly TicketGroupView[] {
    return this.#groups;
  }

  /** Something has come for the present question. */
  get known(): boolean {
    return this.#known;
  }

  /** Something has come at all: what is shown may still answer an older question. */
  get ever(): boolean {
    return this.#ever;
  }

  get failed(): Explained | null {
    return this.#failed;
  }

  /** A row, once it is here. */
  row(at: number): TicketView | undefined {
    return this.#windows.get(Math.floor(at / WINDOW))?.rows[at % WINDOW];
  }

  /** Where a ticket stands, among the windows that have come since the list moved. */
  find(id: TicketId): number | null {
    for (const [at, { age, rows }] of this.#windows) {
      const place = age !== this.#age ? -1 : rows.findIndex((row) => row.id === id);
      if (place >= 0) return at * WINDOW + place;
    }
    return null;
  }

  /** All rows that are here, from the first one on without a hole. */
  get head(): readonly TicketView[] {
    const all: TicketView[] = [];
    for (let at = 0; ; at += 1) {
      const window = this.#windows.get(at);
      if (!window) return all;
      all.push(...window.rows);
    }
  }

  /** Listens to changes; loads what is in sight. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("tickets_moved", () => this.#moved());
    await this.#load();
    return () => {
      clearTimeout(this.#calm);
      stop();
    };
  }

  /** Another question: what was there goes when the first answer comes. */
  async show(ask: TicketsAsk): Promise<void> {
    this.#ask = ask;
    this.#known = false;
    this.#sight = [0];
    await this.reload();
  }

  async reload(): Promise<void> {
    this.#age += 1;
    await this.#load();
  }

  /** These rows are in sight. */
  async see(first: number, last: number): Promise<void> {
    const [from, to] = [Math.floor(Math.max(0, first) / WINDOW), Math.floor(Math.max(0, last) / WINDOW)];
    this.#sight = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    await this.#load();
  }

  #moved(): void {
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => void this.reload(), CALM_MS);
  }

  async #load(): Promise<void> {
    await Promise.all(this.#sight.map((at) => this.#fetch(at)));
  }

  async #fetch(at: number): Promise<void> {
    const age = this.#age;
    const name = `${age}:${at}`;
    if (this.#windows.get(at)?.age === age || this.#underway.has(name)) return;
    this.#underway.add(name);
    try {
      const page = await this.#host.call("list_tickets", { ...this.#ask, from: at * WINDOW, count: WINDOW });
      if (age !== this.#age) return;
      this.#windows = new Map([...(this.#known ? this.#windows : []), [at, { age, rows: page.rows }]]);
      this.#total = page.total;
      this.#groups = page.groups;
      this.#failed = null;
      this.#known = this.#ever = true;
    } catch (thrown) {
      if (age === this.#age) this.#failed = explain(thrown);
    } finally {
      this.#underway.delete(name);
    }
  }
}

/** Finding as one types: the newest question wins, whatever order the answers come in. */
import type { Host, SearchHit } from "$host";

export class SearchStore {
  readonly #host: Host;
  #asked = 0;
  #hits = $state.raw<readonly SearchHit[]>([]);
  #words = $state.raw("");
  #building = $state.raw(false);

  constructor(host: Host) {
    this.#host = host;
  }

  get hits(): readonly SearchHit[] {
    return this.#hits;
  }

  /** The words that the hits belong to. */
  get words(): string {
    return this.#words;
  }

  /** Older messages are still being read into the index. */
  get building(): boolean {
    return this.#building;
  }

  async look(typed: string): Promise<void> {
    const words = typed.trim();
    const mine = (this.#asked += 1);
    const view = words === "" ? { words, hits: [], building: false } : await this.#host.call("search", { words });
    if (mine !== this.#asked) return;
    this.#hits = view.hits;
    this.#words = words;
    this.#building = view.building;
  }
}

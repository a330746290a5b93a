/** The list of conversations, newest first. */
import type { ConversationId, ConversationRow, Host, Unsubscribe } from "$host";

const isOver = (row: ConversationRow) => row.state?.is === "closed" || row.state?.is === "cancelled";

export class ConversationsStore {
  readonly #host: Host;
  #rows = $state.raw<ReadonlyMap<ConversationId, ConversationRow>>(new Map());
  readonly all = $derived([...this.#rows.values()].sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)));
  /** Those that still go on. */
  readonly open_ = $derived(this.all.filter((row) => !row.left && !isOver(row)));
  readonly past = $derived(this.all.filter((row) => row.left || isOver(row)));
  readonly unread = $derived(this.all.reduce((sum, row) => sum + row.unread + row.notes, 0));

  constructor(host: Host) {
    this.#host = host;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("conversation_changed", (row) => this.take([row]));
    try {
      this.take(await this.#host.call("conversations", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  take(rows: readonly ConversationRow[]): void {
    const next = new Map(this.#rows);
    for (const row of rows) if ((next.get(row.id)?.rev ?? -1) <= row.rev) next.set(row.id, row);
    this.#rows = next;
  }
}

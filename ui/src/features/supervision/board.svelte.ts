/** The live board and the trail, as the core has them. */
import { type AuditView, type BoardTalk, type BoardView, type Host, Mirror, type Rating, type Unsubscribe } from "$host";

export class BoardStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<BoardView>();

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): BoardView | null {
    return this.#mirror.view;
  }

  /** Listens first, then loads. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("board_changed", (view) => this.#mirror.take(view));
    try {
      this.#mirror.take(await this.#host.call("board", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  talk(conversation: string): BoardTalk | null {
    return this.view?.talks.find((one) => one.conversation === conversation) ?? null;
  }

  async mark(conversation: string, mark: Rating): Promise<void> {
    this.#mirror.take(await this.#host.call("mark_talk", { conversation, mark }));
  }
}

export class AuditStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<AuditView>();

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): AuditView | null {
    return this.#mirror.view;
  }

  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("audit_changed", (view) => this.#mirror.take(view));
    try {
      this.#mirror.take(await this.#host.call("audit", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }
}

/** What is said beside one talk: notes, briefs. The core owns the truth. */
import { type BesideView, type Host, Mirror, type Unsubscribe } from "$host";
import { Kept } from "$kit";

export class BesideStore {
  readonly conversation: string;
  readonly #host: Host;
  readonly #mirror = new Mirror<BesideView>();
  readonly #text: Kept;
  #sawLast = "";

  constructor(host: Host, conversation: string) {
    this.#host = host;
    this.conversation = conversation;
    this.#text = new Kept(`note:${conversation}`);
  }

  get view(): BesideView | null {
    return this.#mirror.view;
  }

  /** What is being written; it waits here while something else is open. */
  get text(): string {
    return this.#text.value;
  }

  set text(next: string) {
    this.#text.value = next;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const load = async () => this.#mirror.take(await this.#host.call("beside", { conversation: this.conversation }));
    const stop = await this.#host.on("beside_changed", (which) => which.conversation === this.conversation && void load());
    try {
      await load();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  /** The last line is on screen and the window has the focus: said once for each last line. */
  saw(): void {
    const last = this.view?.lines.findLast((line) => !line.mine)?.id;
    if (!last || last === this.#sawLast) return;
    this.#sawLast = last;
    void this.#host.call("saw_notes", { conversation: this.conversation }).catch(() => (this.#sawLast = ""));
  }

  async write(): Promise<void> {
    const text = this.text.trim();
    if (!text) return;
    this.#mirror.take(await this.#host.call("write_note", { conversation: this.conversation, text }));
    if (this.text.trim() === text) this.text = "";
  }
}

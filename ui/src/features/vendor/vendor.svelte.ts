/** Questions to vendors, and what is said about one of them. The core owns the truth. */
import { type Host, Mirror, type Unsubscribe, type VendorRow, type VendorThread } from "$host";
import { Kept } from "$kit";

export class VendorStore {
  readonly conversation: string;
  readonly #host: Host;
  readonly #mirror = new Mirror<VendorThread>();
  readonly #text: Kept;

  constructor(host: Host, conversation: string) {
    this.#host = host;
    this.conversation = conversation;
    this.#text = new Kept(`vendor:${conversation}`);
  }

  get view(): VendorThread | null {
    return this.#mirror.view;
  }

  /** What is being written; it waits here while something else is open. */
  get text(): string {
    return this.#text.value;
  }

  set text(next: string) {
    this.#text.value = next;
  }

  take(view: VendorThread): void {
    this.#mirror.take(view);
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const load = async () => this.take(await this.#host.call("vendor_thread", { conversation: this.conversation }));
    const stop = await this.#host.on("vendor_changed", (which) => which.conversation === this.conversation && void load());
    try {
      await load();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  async say(): Promise<void> {
    const text = this.text.trim();
    if (!text) return;
    this.take(await this.#host.call("say_to_vendor", { conversation: this.conversation, text }));
    if (this.text.trim() === text) this.text = "";
  }

  async sendFiles(): Promise<void> {
    for (const path of await this.#host.call("pick_files", {}))
      this.take(await this.#host.call("file_to_vendor", { conversation: this.conversation, path }));
  }
}

/** The list of questions, newest first. */
export class VendorRowsStore {
  readonly #host: Host;
  #rev = -1;
  #rows = $state.raw<readonly VendorRow[]>([]);

  constructor(host: Host) {
    this.#host = host;
  }

  get rows(): readonly VendorRow[] {
    return this.#rows;
  }

  async open(): Promise<Unsubscribe> {
    const load = async () => {
      const view = await this.#host.call("vendor_rows", {});
      if (view.rev < this.#rev) return;
      this.#rev = view.rev;
      this.#rows = view.rows;
    };
    const stop = await this.#host.on("vendor_changed", () => void load());
    try {
      await load();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }
}

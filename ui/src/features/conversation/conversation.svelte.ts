/** One open conversation. Events win over the reply they overtook; the core owns the truth. */
import type { ConversationId, ConversationView, EntryView, Host, MessageView, SessionView, Unsubscribe } from "$host";
import { Kept } from "$kit/kept.svelte";
import { type Entries, inOrder, layOut, leavesGap, upsert } from "./entries";

/** Somebody who fell silent is not writing. */
const TYPING_MS = 5000;
/** The desk is told at most this often that one writes. */
const TELL_TYPING_MS = 3000;

/** A line of the talk that is to be shown. */
export interface EntryPlace {
  entry: string;
  order: number;
}

export interface Quote {
  message: string;
  by_name: string;
  excerpt: string;
}

export class ConversationStore {
  readonly id: ConversationId;
  readonly #text: Kept;
  readonly #host: Host;
  #head = $state.raw<Omit<ConversationView, "entries"> | null>(null);
  #entries = $state.raw<Entries>(new Map());
  #session = $state.raw<{ view: SessionView; received: number } | null>(null);
  #typing = $state.raw<string | null>(null);
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #toldTyping = -Infinity;
  #sawLast = "";
  /** What came by event while a reply is on its way. */
  #overtaking: EntryView[] | null = null;

  quote = $state.raw<Quote | null>(null);
  /** The line that is to be brought into sight; the view takes it. */
  wanted = $state.raw<string | null>(null);

  readonly entries = $derived(inOrder(this.#entries));
  readonly lines = $derived(layOut(this.entries));

  constructor(host: Host, id: ConversationId) {
    this.#host = host;
    this.id = id;
    this.#text = new Kept(`message:${id}`);
  }

  /** What is being written; it waits here while another conversation is open. */
  get text(): string {
    return this.#text.value;
  }

  set text(next: string) {
    this.#text.value = next;
  }

  get head(): Omit<ConversationView, "entries"> | null {
    return this.#head;
  }

  /** The session with the moment it was received, from which its times are counted. */
  get session(): { view: SessionView; received: number } | null {
    return this.#session;
  }

  get typing(): string | null {
    return this.#typing;
  }

  get state(): "local" | "waiting" | "offered" | "accepted" | "closed" | "cancelled" | "left" {
    if (this.#head?.row.left) return "left";
    return this.#head?.row.state?.is ?? "local";
  }

  get over(): boolean {
    return this.state === "closed" || this.state === "cancelled" || this.state === "left";
  }

  /** Listens first, then loads. */
  async open(): Promise<Unsubscribe> {
    const stops = await Promise.all([
      this.#host.on("entries_changed", (change) => change.conversation === this.id && this.#change(change.upsert, change.gone)),
      this.#host.on(
        "conversation_changed",
        (row) => row.id === this.id && this.#head && row.rev >= this.#head.row.rev && (this.#head = { ...this.#head, row }),
      ),
      this.#host.on("conversation_reloaded", (which) => which.conversation === this.id && void this.reload()),
      this.#host.on("session_changed", (session) => session.conversation === this.id && this.takeSession(session)),
      this.#host.on("someone_types", (who) => who.conversation === this.id && this.#types(who.name)),
    ]);
    const stop = () => {
      clearTimeout(this.#typingTimer);
      for (const one of stops) one();
    };
    try {
      await this.reload();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  async reload(): Promise<void> {
    const mine: EntryView[] = [];
    this.#overtaking = mine;
    const view = await this.#host.call("open_conversation", { conversation: this.id });
    if (this.#overtaking === mine) this.#overtaking = null;
    this.take(view, mine);
  }

  /** Takes a reply; entries that came by event meanwhile are newer. */
  take({ entries, ...head }: ConversationView, newer: readonly EntryView[] = []): void {
    const fresh = this.#head === null || leavesGap(this.entries, entries, head.more);
    const row = this.#head && this.#head.row.rev > head.row.rev ? this.#head.row : head.row;
    this.#head = { ...head, row, more: fresh ? head.more : (this.#head?.more ?? head.more) };
    this.#entries = upsert(fresh ? new Map() : this.#entries, [...entries, ...newer]);
    if (head.session) this.takeSession(head.session);
    else this.#session = null;
  }

  takeSession(view: SessionView): void {
    const here = this.#session?.view;
    if (here && here.id === view.id && here.rev > view.rev) return;
    this.#session = { view, received: performance.now() };
  }

  async older(): Promise<void> {
    const before = this.entries[0]?.order;
    if (before === undefined || !this.#head) return;
    const rows = await this.#host.call("older", { conversation: this.id, before });
    this.#entries = upsert(new Map(rows.map((row) => [row.id, row])), [...this.#entries.values()]);
    // The page before the first entry is empty: that was the beginning.
    if (rows.length === 0) this.#head = { ...this.#head, more: false };
  }

  /** Brings a line into sight, however long ago it was said. */
  show({ entry, order }: EntryPlace): void {
    void this.#reach(order)
      .then(() => (this.wanted = entry))
      .catch(() => undefined);
  }

  async #reach(order: number): Promise<void> {
    if (!this.#head) await this.reload();
    // Each page begins before the one above; the first page that is empty was the beginning.
    while (this.#head?.more && (this.entries[0]?.order ?? 0) > order) await this.older();
  }

  async send(): Promise<void> {
    const [text, quote] = [this.text.trim(), this.quote];
    if (!text) return;
    const entry = await this.#host.call("send_message", { conversation: this.id, text, reply_to: quote?.message ?? null });
    if (this.text.trim() === text) this.text = "";
    if (this.quote === quote) this.quote = null;
    this.#add(entry);
  }

  async sendFiles(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#add(await this.#host.call("send_file", { conversation: this.id, path }));
  }

  async sendBytes(name: string, base64: string): Promise<void> {
    this.#add(await this.#host.call("send_bytes", { conversation: this.id, name, base64 }));
  }

  async close(): Promise<void> {
    this.take(await this.#host.call("close_conversation", { conversation: this.id }));
  }

  /** Tells, not too often, that one writes. Losing it costs nothing. */
  tellTyping(now: number = performance.now()): void {
    if (now - this.#toldTyping < TELL_TYPING_MS) return;
    this.#toldTyping = now;
    void this.#host.call("typing", { conversation: this.id }).catch(() => undefined);
  }

  /** The last entry is on screen and the window has the focus: said once for each last entry. */
  saw(): void {
    const last = this.entries.findLast((entry) => !entry.mine)?.id;
    if (!last || last === this.#sawLast) return;
    this.#sawLast = last;
    void this.#host.call("saw", { conversation: this.id }).catch(() => (this.#sawLast = ""));
  }

  answer(by_name: string, message: MessageView): void {
    this.quote = { message: message.message, by_name, excerpt: (message.text || message.file?.name || "").slice(0, 120) };
  }

  /** The reply to a command may be older than the event about the same entry. */
  #add(entry: EntryView): void {
    if (!this.#entries.has(entry.id)) this.#entries = upsert(this.#entries, [entry]);
  }

  #change(rows: readonly EntryView[], gone: readonly string[]): void {
    this.#overtaking?.push(...rows);
    this.#entries = upsert(this.#entries, rows, gone);
    if (rows.some((row) => !row.mine)) this.#types(null);
  }

  #types(name: string | null): void {
    clearTimeout(this.#typingTimer);
    this.#typing = name;
    if (name) this.#typingTimer = setTimeout(() => (this.#typing = null), TYPING_MS);
  }
}

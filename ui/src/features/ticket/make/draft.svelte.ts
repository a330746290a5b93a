/** What a person has put into the form of a ticket so far; it outlives the form, so that closing it loses nothing. */
import type { FieldId, MakeTicket, MessageId, PersonId, SessionId, TicketId, TicketPriority, TicketVisibility, Tracker } from "$host";
import { Kept } from "$kit/kept.svelte";

/** Where a ticket comes from. */
export interface TicketSource {
  conversation: string | null;
  message?: MessageId;
  session?: SessionId;
  subject: string;
  description?: string;
  /** What the client works with. */
  program?: { name: string; release: string } | undefined;
}

const drafts = new Map<string, TicketDraft>();

export class TicketDraft {
  readonly source: TicketSource;
  readonly #subject: Kept;
  readonly #description: Kept;
  readonly #product: Kept;
  readonly #release: Kept;
  tracker = $state<string | null>(null);
  priority = $state<TicketPriority>("normal");
  due = $state("");
  customer = $state<PersonId | null>(null);
  visibility = $state.raw<TicketVisibility>({ to: "private" });
  custom = $state<Record<FieldId, string>>({});
  files = $state.raw<readonly string[]>([]);
  /** "Me too": the published ticket that this one joins. */
  joins = $state.raw<{ ticket: TicketId; title: string } | null>(null);

  constructor(source: TicketSource) {
    this.source = source;
    const about = keyOf(source);
    this.#subject = new Kept(`ticket-subject:${about}`, source.subject);
    this.#description = new Kept(`ticket-description:${about}`, source.description);
    this.#product = new Kept(`ticket-product:${about}`, source.program?.name);
    this.#release = new Kept(`ticket-release:${about}`, source.program?.release);
  }

  /** The draft for this source; the one that was begun, if any. */
  static of(source: TicketSource): TicketDraft {
    const about = keyOf(source);
    const draft = drafts.get(about) ?? new TicketDraft(source);
    drafts.set(about, draft);
    return draft;
  }

  get subject(): string {
    return this.#subject.value;
  }

  set subject(next: string) {
    this.#subject.value = next;
  }

  get description(): string {
    return this.#description.value;
  }

  set description(next: string) {
    this.#description.value = next;
  }

  get product(): string {
    return this.#product.value;
  }

  set product(next: string) {
    this.#product.value = next;
  }

  get release(): string {
    return this.#release.value;
  }

  set release(next: string) {
    this.#release.value = next;
  }

  /** Whether all is there that this tracker asks for. */
  ready(tracker: Tracker): boolean {
    return this.subject.trim() !== "" && tracker.fields.every((one) => !one.required || (this.custom[one.id] ?? "").trim() !== "");
  }

  request(tracker: Tracker): MakeTicket {
    const custom = tracker.fields.map(({ id }) => [id, (this.custom[id] ?? "").trim()] as const).filter(([, text]) => text !== "");
    const { conversation, message, session } = this.source;
    return {
      conversation,
      message: message ?? null,
      session: session ?? null,
      subject: this.subject.trim(),
      description: this.description.trim(),
      kind: tracker.kind,
      // A standard tracker is that of its kind.
      tracker: tracker.name === "" ? null : tracker.id,
      priority: this.priority,
      files: [...this.files],
      customer: this.customer,
      organisation: null,
      category: null,
      product: this.product.trim(),
      release: this.release.trim(),
      due: this.due || null,
      visibility: this.visibility,
      custom: Object.fromEntries(custom),
      joins: this.joins?.ticket ?? null,
    };
  }

  /** It was made: nothing of it is kept. */
  forget(): void {
    this.subject = this.description = this.product = this.release = "";
    drafts.delete(keyOf(this.source));
  }
}

function keyOf({ conversation, message, session }: TicketSource): string {
  return message ?? session ?? conversation ?? "none";
}

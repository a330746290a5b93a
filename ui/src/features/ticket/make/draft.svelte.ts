/** A ticket that is being written. The core keeps it on this device until it is sent or thrown away. */
import type {
  FieldId,
  Host,
  MakeTicket,
  MessageId,
  OrganisationId,
  PersonId,
  SessionId,
  TicketDraftView,
  TicketFile,
  TicketId,
  TicketKind,
  TicketPriority,
  TicketView,
  TicketVisibility,
  Tracker,
} from "$host";
import { explain, type Explained } from "$i18n";

/** Where a ticket comes from. */
export interface TicketSource {
  conversation: string | null;
  message?: MessageId;
  session?: SessionId;
  subject: string;
  description?: string;
  /** What the client works with. */
  program?: { name: string; release: string } | undefined;
  /** One that was begun before. */
  draft?: TicketDraftView;
}

export class TicketDraft {
  readonly #host: Host;
  readonly #source: TicketSource;
  id = $state.raw<TicketId | null>(null);
  subject = $state("");
  description = $state("");
  product = $state("");
  release = $state("");
  kind = $state<TicketKind>("error");
  tracker = $state<string | null>(null);
  priority = $state<TicketPriority>("normal");
  due = $state("");
  customer = $state<PersonId | null>(null);
  /** Chosen here; the customer's main one when nothing is. */
  organisation = $state<OrganisationId | null>(null);
  visibility = $state.raw<TicketVisibility>({ to: "private" });
  custom = $state<Record<FieldId, string>>({});
  /** Copies that the core has taken. */
  files = $state.raw<readonly TicketFile[]>([]);
  /** "Me too": the published ticket that this one joins. */
  joins = $state.raw<TicketId | null>(null);
  /** Why the last change could not be kept. */
  failed = $state.raw<Explained | null>(null);
  #saved = "";
  #over = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<void> = Promise.resolve();
  /** Typing is kept when the hands rest. */
  static readonly REST_MS = 400;

  constructor(host: Host, source: TicketSource) {
    this.#host = host;
    this.#source = source;
    this.subject = source.subject;
    this.description = source.description ?? "";
    this.product = source.program?.name ?? "";
    this.release = source.program?.release ?? "";
    if (source.draft) this.take(source.draft);
    this.#saved = this.#written();
  }

  /** Goes on with what was begun before. */
  take({ id, form, files }: TicketDraftView): void {
    this.id = id;
    ({ subject: this.subject, description: this.description, product: this.product, release: this.release } = form);
    ({ kind: this.kind, tracker: this.tracker, priority: this.priority, customer: this.customer, organisation: this.organisation } = form);
    ({ visibility: this.visibility, joins: this.joins } = form);
    this.custom = Object.fromEntries(Object.entries(form.custom).map(([field, text]) => [field, text ?? ""]));
    this.due = form.due ?? "";
    this.files = files;
    this.#saved = this.#written();
  }

  /** Fills in what is only guessed: that alone makes nothing worth keeping. */
  guess(product: string, release: string): void {
    if (this.product !== "") return;
    const untouched = !this.changed;
    [this.product, this.release] = [product, release];
    if (untouched) this.#saved = this.#written();
  }

  /** Something is written that is not kept. */
  get changed(): boolean {
    return this.#written() !== this.#saved;
  }

  /** Whether all is there that this tracker asks for. */
  ready(tracker: Tracker): boolean {
    return this.subject.trim() !== "" && tracker.fields.every((one) => !one.required || (this.custom[one.id] ?? "").trim() !== "");
  }

  /** What is asked for, of this tracker. */
  request(tracker: Tracker): MakeTicket {
    const custom = tracker.fields.map(({ id }) => [id, (this.custom[id] ?? "").trim()] as const).filter(([, text]) => text !== "");
    return {
      ...this.#form(),
      subject: this.subject.trim(),
      description: this.description.trim(),
      product: this.product.trim(),
      release: this.release.trim(),
      kind: tracker.kind,
      // A standard tracker is that of its kind.
      tracker: tracker.name === "" ? null : tracker.id,
      custom: Object.fromEntries(custom),
      draft: this.id,
    };
  }

  /** Keeps what is written as soon as the hands rest. */
  keepSoon(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.keep(), TicketDraft.REST_MS);
  }

  /** Keeps what is written now; whether all of it is. */
  async keep(): Promise<boolean> {
    clearTimeout(this.#rest);
    if (this.changed) await this.#save([], []);
    else await this.#queue;
    return !this.changed;
  }

  /** Takes copies, so that the originals may go. */
  attach(paths: readonly string[]): Promise<void> {
    return this.#save([...paths], []);
  }

  detach(hash: string): Promise<void> {
    return this.#save([], [hash]);
  }

  /** Sends it; from then on nothing of it is kept. */
  async send(tracker: Tracker): Promise<TicketView> {
    clearTimeout(this.#rest);
    await this.#queue;
    const made = await this.#host.call("make_ticket", this.request(tracker));
    this.#over = true;
    return made;
  }

  async discard(): Promise<void> {
    clearTimeout(this.#rest);
    await this.#queue;
    this.#over = true;
    if (this.id !== null) await this.#host.call("drop_ticket_draft", { ticket: this.id });
  }

  /** One after the other, so that the last one wins. */
  #save(files: string[], without: string[]): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      if (this.#over) return;
      const written = this.#written();
      try {
        const kept = await this.#host.call("keep_ticket_draft", { form: { ...this.#form(), draft: this.id, files }, without });
        [this.id, this.files, this.failed, this.#saved] = [kept.id, kept.files, null, written];
      } catch (thrown) {
        this.failed = explain(thrown);
      }
    });
    return this.#queue;
  }

  #written(): string {
    return JSON.stringify(this.#form());
  }

  #form(): MakeTicket {
    const { conversation, message, session } = formOf(this.#source);
    const { subject, description, product, release, kind, tracker, priority, customer, organisation, visibility, joins } = this;
    const about = { conversation, message, session, customer, organisation, category: null, joins };
    const words = { subject, description, product, release, custom: { ...this.custom }, due: this.due || null };
    return { ...about, ...words, kind, tracker, priority, visibility, files: [], draft: null };
  }
}

/** To go on with a draft. */
export const sourceOf = (draft: TicketDraftView): TicketSource => ({ conversation: draft.form.conversation, subject: "", draft });

/** Whether a draft was begun from this source; what came from nowhere is a new one each time. */
export function isOf({ form }: TicketDraftView, source: TicketSource): boolean {
  const { conversation, message, session } = formOf(source);
  return conversation !== null && form.conversation === conversation && form.message === message && form.session === session;
}

function formOf({ draft, conversation, message, session }: TicketSource): Pick<MakeTicket, "conversation" | "message" | "session"> {
  return draft ? draft.form : { conversation, message: message ?? null, session: session ?? null };
}

/** What a person has put into the form so far; it outlives the form, so that "back" loses nothing. */
import type { Fact, LineId, LineView, MachineView, OrganisationId, Program, Rect, RequestClass, SendAsk, ShotView } from "$host";
import { CallbackDraft } from "$features/hours/callback.svelte";
import { Kept } from "$kit/kept.svelte";

/** Which program: one of the found, or written by hand. */
export type Choice = { is: "found"; at: number } | { is: "other" };

/** An organisation that one may ask for, and how its contract stands. */
export interface Firm {
  id: OrganisationId;
  name: string;
  contract: string;
}

export class Draft {
  class = $state<RequestClass>("broken");
  line = $state<LineId | null>(null);
  /** Chosen here; whom one asked for last, or the main one, when nothing is. */
  organisation = $state<OrganisationId | null>(null);
  choice = $state.raw<Choice>({ is: "other" });
  written = $state<Program>({ name: "", release: "" });
  readonly callback = new CallbackDraft();
  readonly #description = new Kept("ask");
  facts = $state<Fact[]>([]);
  shot = $state.raw<ShotView | null>(null);
  hide = $state.raw<readonly Rect[]>([]);
  machine = $state.raw<MachineView | null>(null);

  get description(): string {
    return this.#description.value;
  }

  set description(next: string) {
    this.#description.value = next;
  }

  readonly program = $derived.by<Program>(() => {
    if (this.choice.is === "found") return this.machine?.programs[this.choice.at]?.program ?? this.written;
    return { name: this.written.name.trim(), release: this.written.release.trim() };
  });

  readonly ready = $derived(this.description.trim() !== "" && this.callback.ready);

  /** The machine was looked at: what was found first is chosen, all facts are proposed. */
  found(machine: MachineView): void {
    this.machine = machine;
    this.facts = machine.facts.map((fact) => ({ ...fact }));
    if (machine.programs.length > 0) this.choice = { is: "found", at: 0 };
  }

  /** For whom this is: the choice, else as last time, else the first; `null` where there is no choice. */
  askedFor(firms: readonly Firm[], last: OrganisationId | null): OrganisationId | null {
    if (firms.length < 2) return null;
    return [this.organisation, last].find((one) => firms.some((firm) => firm.id === one)) ?? firms[0]?.id ?? null;
  }

  /** What is sent; `null` while something is missing. */
  request(lines: readonly LineView[], organisation: OrganisationId | null): SendAsk | null {
    const line = this.line ?? lines[0]?.id;
    if (!line || !this.ready) return null;
    return {
      line,
      organisation,
      class: this.class,
      program: { name: this.program.name, release: this.program.release },
      description: this.description.trim(),
      facts: this.facts.filter((fact) => fact.value.trim() !== "").map((fact) => ({ ...fact, value: fact.value.trim() })),
      shot: this.shot ? { id: this.shot.id, hide: [...this.hide] } : null,
    };
  }
}

/** A contract as it is written in the form. */
import type { Channel, Contract, ContractKind, LineView, OrganisationId } from "$host";

/** The core gives a new contract its id. */
export const NEW = "00000000-0000-0000-0000-000000000000";
export const CHANNELS: Channel[] = ["chat", "call", "remote"];

export interface Row {
  line: string;
  name: string;
  channels: Channel[];
  urgent: boolean;
}

const today = () => {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** A year from that day, its last day inside. */
export function yearFrom(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year + 1, month - 1, date - 1)).toISOString().slice(0, 10);
}

export class ContractDraft {
  readonly #old: Contract | null;
  readonly #organisation: OrganisationId;
  number = $state("");
  level = $state("");
  rank = $state(1);
  from = $state("");
  to = $state("");
  endless = $state(false);
  paid = $state(true);
  grace = $state(0);
  kind = $state<ContractKind["is"]>("flat");
  hours = $state(10);
  requests = $state(10);
  monthly = $state(false);
  step = $state(15);
  rows = $state<Row[]>([]);

  constructor(old: Contract | null, organisation: OrganisationId, lines: readonly LineView[], level: string) {
    this.#old = old;
    this.#organisation = organisation;
    this.number = old?.number ?? "";
    this.level = old?.level.name ?? level;
    this.rank = old?.level.rank ?? 1;
    this.from = old?.from ?? today();
    this.to = old?.to ?? yearFrom(this.from);
    this.endless = old !== null && old.to === null;
    this.paid = old?.paid ?? true;
    this.grace = old?.grace_days ?? 10;
    this.step = old?.step ?? 15;
    if (old) {
      this.kind = old.kind.is;
      if (old.kind.is === "hours") this.hours = old.kind.minutes / 60;
      if (old.kind.is === "requests") this.requests = old.kind.count;
      if (old.kind.is === "hours" || old.kind.is === "requests") this.monthly = old.kind.every === "month";
    }
    this.rows = lines.map((line) => {
      const known = old?.entitlements.find((one) => one.line === line.id);
      // A new contract covers everything until the owner says less.
      return { line: line.id, name: line.name, channels: known ? [...known.channels] : old ? [] : [...CHANNELS], urgent: known?.urgent ?? !old };
    });
  }

  readonly covers = $derived(this.rows.some((row) => row.channels.length > 0));
  readonly dates = $derived(this.from !== "" && (this.endless || (this.to !== "" && this.to >= this.from)));
  readonly ready = $derived(this.level.trim() !== "" && this.dates && this.covers && this.step >= 1 && this.#amount());

  #amount(): boolean {
    if (this.kind === "hours") return this.hours > 0;
    return this.kind !== "requests" || this.requests >= 1;
  }

  #kind(): ContractKind {
    const every = this.monthly ? "month" : "term";
    if (this.kind === "hours") return { is: "hours", minutes: Math.round(this.hours * 60), every };
    if (this.kind === "requests") return { is: "requests", count: Math.round(this.requests), every };
    return { is: this.kind };
  }

  contract(): Contract {
    return {
      id: this.#old?.id ?? NEW,
      organisation: this.#organisation,
      number: this.number.trim(),
      level: { name: this.level.trim(), rank: this.rank },
      zone: this.#old?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      from: this.from,
      to: this.endless ? null : this.to,
      paid: this.paid,
      grace_days: this.grace,
      kind: this.#kind(),
      step: this.step,
      entitlements: this.rows
        .filter((row) => row.channels.length > 0)
        .map(({ line, channels, urgent }) => ({ line, channels: [...channels], urgent })),
    };
  }
}

/** Contracts. The core owns the truth; what turns at midnight is asked for again. */
import {
  type Contract,
  type ContractId,
  type ContractsView,
  type Host,
  type LineId,
  Mirror,
  type NotEntitled,
  type OrganisationAsking,
  type OrganisationContracts,
  type OrganisationId,
  type Unsubscribe,
} from "$host";

/** A timer is never set further away: machines sleep, and clocks are set. */
const LONGEST = 10 * 60_000;

/** An organisation of one's own, and why nothing can be asked for it. */
export interface Own {
  of: OrganisationContracts | null;
  no: NotEntitled | null;
}

/** Why nothing can be asked for an organisation; none when something can. */
function refusedAll(asking: OrganisationAsking | undefined): NotEntitled | null {
  const lines = asking?.lines ?? [];
  return lines.length > 0 && lines.every((one) => one.no !== null) ? (lines[0]?.no ?? null) : null;
}

export class ContractsStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<ContractsView>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): ContractsView | null {
    return this.#mirror.view;
  }

  /** For a customer: each organisation that one belongs to, the main one first. */
  get own(): Own[] {
    const asking = this.view?.asking ?? [];
    const all = this.view?.organisations ?? [];
    if (asking.length <= 1) {
      // A desk of an earlier version names none; then there is one.
      const only = all.find((one) => one.organisation === asking[0]?.organisation) ?? all[0] ?? null;
      return only || asking[0] ? [{ of: only, no: refusedAll(asking[0]) }] : [];
    }
    return asking.map((one) => ({ of: all.find(({ organisation }) => organisation === one.organisation) ?? null, no: refusedAll(one) }));
  }

  /** Why a customer may not ask on a line for an organisation (the main one); or on any line, for any. */
  refusal(line: LineId | null, organisation: OrganisationId | null = null): NotEntitled | null {
    const asking = this.view?.asking ?? [];
    if (line !== null) {
      const of = asking.find((one) => one.organisation === organisation) ?? asking[0];
      return of?.lines.find((one) => one.line === line)?.no ?? null;
    }
    const all = asking.flatMap((one) => one.lines);
    return all.length > 0 && all.every((one) => one.no !== null) ? (all[0]?.no ?? null) : null;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("contracts_changed", (view) => this.#take(view));
    try {
      await this.reload();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return () => {
      clearTimeout(this.#timer);
      stop();
    };
  }

  async reload(): Promise<void> {
    this.#take(await this.#host.call("contracts", {}));
  }

  async put(contract: Contract): Promise<void> {
    this.#take(await this.#host.call("put_contract", { contract }));
  }

  async drop(contract: ContractId): Promise<void> {
    this.#take(await this.#host.call("drop_contract", { contract }));
  }

  async serveWithout(serve: boolean): Promise<void> {
    this.#take(await this.#host.call("set_serve_without", { serve }));
  }

  async askRenewal(organisation: OrganisationId | null, comment: string): Promise<void> {
    this.#take(await this.#host.call("ask_renewal", { organisation, comment }));
  }

  async answerRenewal(organisation: OrganisationId): Promise<void> {
    this.#take(await this.#host.call("answer_renewal", { organisation }));
  }

  #take(view: ContractsView): void {
    this.#mirror.take(view);
    clearTimeout(this.#timer);
    const until = this.view?.until ?? null;
    if (until === null) return;
    const wait = Math.min(LONGEST, Math.max(1000, until / 1000 - Date.now() + 200));
    this.#timer = setTimeout(() => void this.reload().catch(() => undefined), wait);
  }
}

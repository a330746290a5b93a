/** A report as the desk reckoned it; one question at a time, and a late answer to an old one is dropped. */
import type { Host, LineView, ReportView, TableFormat } from "$host";
import type { Period } from "./period";
import type { NamedTable } from "./tables";

export class ReportStore {
  readonly #host: Host;
  #view = $state.raw<ReportView | null>(null);
  #lines = $state.raw<readonly LineView[]>([]);
  #asked = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): ReportView | null {
    return this.#view;
  }

  get lines(): readonly LineView[] {
    return this.#lines;
  }

  async open(): Promise<void> {
    this.#lines = (await this.#host.call("people", {})).lines;
  }

  async ask({ from, to }: Period, line: string | null): Promise<void> {
    const mine = (this.#asked += 1);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const view = await this.#host.call("report", { from, to, zone, line });
    if (mine === this.#asked) this.#view = view;
  }

  /** Saves tables; answers where. */
  async save(name: string, format: TableFormat, tables: readonly NamedTable[]): Promise<string> {
    return (await this.#host.call("save_tables", { name, format, tables: tables.map(({ table }) => table) })).path;
  }
}

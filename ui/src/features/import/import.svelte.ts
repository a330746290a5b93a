/** A table that is being imported: the core reads and compares, this mirrors it for the screen. */
import { type Host, type ImportField, type ImportView, Mirror, type Unsubscribe } from "$host";
import { t } from "$i18n";
import { reportTable } from "./rows";

/** What a column may be, in the order of the list. */
export const FIELDS: ImportField[] = [
  "skip",
  "organisation",
  "inn",
  "kpp",
  "product",
  "release",
  "note",
  "person",
  "surname",
  "given_name",
  "patronymic",
  "email",
  "phone",
  "responsible",
  "contract",
  "level",
  "from",
  "to",
  "kind",
  "amount",
  "every",
  "subject",
  "ticket",
  "description",
  "tracker",
  "priority",
  "status",
  "category",
  "due",
];

export class ImportStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<ImportView>();

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): ImportView | null {
    return this.#mirror.view;
  }

  /** Listens first, then loads. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("import_changed", (view) => this.#mirror.take(view));
    const now = await this.#host.call("import", {});
    if (now) this.#mirror.take(now);
    return stop;
  }

  /** The first of the files that the person picks; nothing when none was picked. */
  async pick(): Promise<void> {
    const [path] = await this.#host.call("pick_files", {});
    if (path) this.#mirror.take(await this.#host.call("open_import", { path }));
  }

  /** A column is this; another column that was the same is skipped now. */
  async map(column: number, field: ImportField): Promise<void> {
    const columns = this.view?.columns ?? [];
    const fields = columns.map((one, place) => (place === column ? field : one.field === field ? "skip" : one.field));
    this.#mirror.take(await this.#host.call("map_import", { fields }));
  }

  async run(): Promise<void> {
    this.#mirror.take(await this.#host.call("run_import", {}));
  }

  /** Saves what came of every row; answers where. */
  async save(view: ImportView): Promise<string> {
    const { rows } = await this.#host.call("import_rows", {});
    const name = t("import-report-of", { file: view.file.replace(/\.[^.]*$/, "") });
    return (await this.#host.call("save_tables", { name, format: "csv", tables: [reportTable(view, rows)] })).path;
  }

  async close(): Promise<void> {
    await this.#host.call("close_import", {});
    this.#mirror.drop();
  }
}

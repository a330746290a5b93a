/** What came of each row, in words: for the screen and for the file. Pure. */
import type { ImportChange, ImportRow, ImportView, TableCell, Table } from "$host";
import { dateShort, minutes, t } from "$i18n";

/** What a cell will say, as people write it; what the core names by a key has words here. */
export function cell(field: ImportChange["field"], value: string): string {
  if (value === "") return "";
  if (field === "kind") return t(`contract-kind-${value}`);
  if (field === "every") return t(`import-every-${value}`);
  if (field === "priority") return t(`priority-${value}`);
  // The owner's own kinds come by their names.
  if (field === "tracker") return KINDS.includes(value) ? t(`ticket-kind-${value}`) : value;
  if (field === "from" || field === "to" || field === "due") return dateShort(value);
  if (field === "amount") return amount(value);
  return value;
}

const KINDS = ["error", "consultation", "wish"];

/** Hours come as `10:30`, requests as a number. */
function amount(value: string): string {
  const [hours, rest] = value.split(":").map(Number);
  return rest === undefined ? value : minutes((hours ?? 0) * 60 + rest);
}

/** Before and after; the end of a contract that has none is said, not left out. */
export function sides({ field, before, after }: ImportChange): { before: string; after: string } {
  return { before: cell(field, before), after: field === "to" && after === "" ? t("contract-open-end") : cell(field, after) };
}

/** Why nothing is taken, or what changes, in one line. */
function about(row: ImportRow): string {
  const against = row.against === null ? [] : [t("import-against", { row: row.against })];
  if (row.reason) return [t(`import-reason-${row.reason}`), ...against].join("; ");
  const changes = row.changes.map((change) => {
    const { before, after } = sides(change);
    return `${t(`import-field-${change.field}`)}: ${[before, after].filter(Boolean).join(" → ")}`;
  });
  return [...changes, ...against].join("; ");
}

/** The report as a table of all rows. */
export function reportTable(view: ImportView, rows: readonly ImportRow[]): Table {
  const text = (words: string): TableCell => (words === "" ? { is: "empty" } : { is: "text", text: words });
  const fields = ({ people: ["organisation", "person"], contracts: ["contract", "organisation"], tickets: ["subject", "person"] } as const)[
    view.list
  ];
  return {
    title: t("import-report"),
    head: [t("import-row"), t("import-what"), ...fields.map((field) => t(`import-field-${field}`)), t("import-changes")],
    rows: rows.map((row) => [
      { is: "number", value: row.row },
      text(t(`import-outcome-${row.outcome}`)),
      ...fields.map((field) => text(row[field])),
      text(about(row)),
    ]),
  };
}

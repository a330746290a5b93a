/** A report as tables: what is on screen is what is saved. Pure but for the language. */
import type { ReportFigures, ReportRow, ReportView, Table, TableCell } from "$host";
import { t } from "$i18n";

export interface NamedTable {
  id: string;
  table: Table;
}

const text = (words: string): TableCell => ({ is: "text", text: words });
const number = (value: number): TableCell => ({ is: "number", value });
const share = (part: number, whole: number): TableCell => (whole > 0 ? { is: "share", value: part / whole } : { is: "empty" });
const span = (micros: number | null): TableCell => (micros === null ? { is: "empty" } : { is: "minutes", value: micros / 60_000_000 });
/** Stars with two digits: a sheet may reckon on with them. */
const mean = (sum: number, many: number): TableCell => (many > 0 ? { is: "number", value: Math.round((sum / many) * 100) / 100 } : { is: "empty" });

const FIGURES = ["asked", "answered", "closed", "share", "first-half", "first-most", "closed-half", "closed-most", "rating"] as const;

function figures(row: ReportFigures): TableCell[] {
  return [
    number(row.asked),
    number(row.answered),
    number(row.closed),
    share(row.closed, row.asked),
    span(row.first_p50),
    span(row.first_p90),
    span(row.closed_p50),
    span(row.closed_p90),
    mean(row.stars, row.rated),
  ];
}

function heads(first: string, more: readonly string[] = []): string[] {
  return [t(`report-head-${first}`), ...FIGURES.map((name) => t(`report-head-${name}`)), ...more.map((name) => t(`report-head-${name}`))];
}

export function tablesOf({ data, names }: ReportView): NamedTable[] {
  const named = (row: ReportRow, none: string) => (row.of === null ? t(none) : (names[row.of] ?? t("report-unknown")));
  const minutes = new Map(data.minutes.map((one) => [one.organisation, one]));
  const day = new Intl.DateTimeFormat("sv-SE");
  const table = (id: string, head: string[], rows: TableCell[][]): NamedTable => ({ id, table: { title: t(`report-table-${id}`), head, rows } });
  const { customers } = data;
  return [
    table(
      "lines",
      heads("line"),
      data.lines.map((row) => [text(named(row, "report-unknown")), ...figures(row.figures)]),
    ),
    table(
      "clients",
      heads("client", ["noted", "minutes"]),
      data.clients.map((row) => {
        const noted = row.of === null ? undefined : minutes.get(row.of);
        const spent = (value: number | undefined): TableCell => (value === undefined ? { is: "empty" } : { is: "minutes", value });
        return [text(named(row, "report-no-client")), ...figures(row.figures), spent(noted?.minutes), spent(noted?.drawn)];
      }),
    ),
    table(
      "specialists",
      heads("specialist", ["head-rating"]),
      data.specialists.map((row) => [text(named(row, "report-nobody")), ...figures(row.figures), mean(row.figures.head_stars, row.figures.marked)]),
    ),
    table(
      "classes",
      heads("class"),
      data.classes.map((row) => [text(row.of === null ? t("report-unknown") : t(`class-${row.of}`)), ...figures(row.figures)]),
    ),
    table(
      "products",
      heads("product"),
      data.products.map((row) => [text(row.of ?? t("report-no-product")), ...figures(row.figures)]),
    ),
    table(
      "days",
      [t("report-head-day"), t("report-head-asked"), t("report-head-closed")],
      data.days.map((one) => [text(day.format(new Date(one.at / 1000))), number(one.asked), number(one.closed)]),
    ),
    table(
      "hours",
      [t("report-head-weekday"), t("report-head-hour"), t("report-head-asked")],
      data.hours.map((one) => [text(t(`weekday-${one.weekday}`)), number(one.hour), number(one.asked)]),
    ),
    table(
      "stars",
      [t("report-head-stars"), t("report-head-rated")],
      data.stars.map((many, place) => [number(place + 1), number(many)]),
    ),
    table(
      "customers",
      [t("report-head-what"), t("report-head-value")],
      [
        [text(t("report-clients-all")), number(customers.all)],
        ...(["paid", "grace", "new", "lost"] as const).map((name): TableCell[] => {
          const many = customers[name];
          return [text(t(`report-clients-${name}`)), many === null ? { is: "empty" } : number(many)];
        }),
        [text(t("report-registered")), number(customers.registered)],
        [text(t("report-register-half")), span(customers.register_p50)],
        [text(t("report-register-most")), span(customers.register_p90)],
      ],
    ),
  ];
}

/** Nothing was asked in the period. */
export function isEmpty({ data }: ReportView): boolean {
  return data.total.asked === 0;
}

import type { ReportFigures, ReportView } from "$host";
import { setLanguage } from "$i18n";
import { beforeEach, expect, test } from "vitest";
import { tablesOf } from "./tables";

beforeEach(() => setLanguage("ru"));

const none: ReportFigures = {
  asked: 0,
  answered: 0,
  closed: 0,
  cancelled: 0,
  first_p50: null,
  first_p90: null,
  closed_p50: null,
  closed_p90: null,
  rated: 0,
  stars: 0,
  marked: 0,
  head_stars: 0,
};
const some: ReportFigures = { ...none, asked: 4, answered: 4, closed: 3, first_p50: 240_000_000, rated: 3, stars: 14, marked: 1, head_stars: 3 };

const view: ReportView = {
  ask: { from: 0, to: 1, zone: "Europe/Moscow", line: null },
  names: { "l-1": "Первая линия", "o-1": "ООО «Ромашка»", "p-1": "Борис Ким" },
  data: {
    total: some,
    lines: [{ of: "l-1", figures: some }],
    classes: [{ of: "error", figures: some }],
    clients: [
      { of: "o-1", figures: some },
      { of: null, figures: none },
    ],
    products: [{ of: null, figures: some }],
    specialists: [{ of: "p-1", figures: some }],
    days: [],
    hours: [{ weekday: 0, hour: 10, asked: 2 }],
    stars: [0, 0, 1, 0, 2],
    minutes: [{ organisation: "o-1", minutes: 95, drawn: 120 }],
    customers: { all: 2, paid: null, grace: null, new: null, lost: null, registered: 1, register_p50: 3_600_000_000, register_p90: 3_600_000_000 },
  },
};
const rows = (id: string) => tablesOf(view).find((one) => one.id === id)!.table.rows;

test("shares, lengths and means are reckoned, and what is not known stays empty", () => {
  const [name, asked, , closed, share, half, most, , , rating] = rows("lines")[0]!;
  expect(name).toEqual({ is: "text", text: "Первая линия" });
  expect([asked, closed]).toEqual([
    { is: "number", value: 4 },
    { is: "number", value: 3 },
  ]);
  expect(share).toEqual({ is: "share", value: 0.75 });
  expect([half, most]).toEqual([{ is: "minutes", value: 4 }, { is: "empty" }]);
  expect(rating).toEqual({ is: "number", value: 4.67 });
});

test("minutes of the bill stand beside their client, the head's mark beside the specialist", () => {
  expect(rows("clients").map((row) => row.slice(-2))).toEqual([
    [
      { is: "minutes", value: 95 },
      { is: "minutes", value: 120 },
    ],
    [{ is: "empty" }, { is: "empty" }],
  ]);
  expect(rows("specialists")[0]!.at(-1)).toEqual({ is: "number", value: 3 });
});

test("every row is as wide as its head, and nothing is without a name", () => {
  for (const { id, table } of tablesOf(view)) {
    expect(
      table.rows.every((row) => row.length === table.head.length),
      id,
    ).toBe(true);
    expect([table.title, ...table.head].filter((title) => title === "" || title.startsWith("report-"))).toEqual([]);
  }
});

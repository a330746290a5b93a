import type { ImportRow, ImportView } from "$host";
import { setLanguage } from "$i18n";
import { beforeEach, expect, test } from "vitest";
import { cell, reportTable, sides } from "./rows";

beforeEach(() => setLanguage("ru"));

/** A space that does not break is a space to a reader. */
const plain = (text: string) => text.replace(/\s/g, " ");

const row: ImportRow = {
  row: 2,
  organisation: "ООО «Ромашка»",
  person: "",
  subject: "",
  contract: "О-15/26",
  outcome: "changed",
  reason: null,
  against: null,
  changes: [
    { field: "to", before: "2026-12-31", after: "2027-12-31" },
    { field: "amount", before: "10:30", after: "20:00" },
  ],
};
const view: ImportView = {
  rev: 1,
  file: "Договоры.xlsx",
  total: 2,
  columns: [],
  list: "contracts",
  state: { is: "done" },
  counts: { added: 0, changed: 1, same: 0, wrong: 1 },
  rows: [],
};

test("dates and amounts are as people write them", () => {
  const all = () => [cell("to", "2026-12-31"), cell("amount", "10:30"), cell("amount", "10:00"), cell("amount", "40")].map(plain);
  expect(all()).toEqual(["31.12.2026", "10 ч 30 мин", "10 ч", "40"]);
  setLanguage("en");
  expect(all()).toEqual(["31 Dec 2026", "10 h 30 min", "10 h", "40"]);
});

test("a contract that ends no longer says so", () => {
  expect(plain(sides({ field: "to", before: "2026-12-31", after: "" }).after)).toBe("без срока");
});

test("the file says of each row what happened, and why not", () => {
  const wrong: ImportRow = { ...row, row: 3, outcome: "wrong", reason: "contract_twice", against: 2, changes: [] };
  const table = reportTable(view, [row, wrong]);
  expect(table.head).toHaveLength(5);
  const words = table.rows.map((cells) => cells.map((one) => (one.is === "text" ? plain(one.text) : one.is === "number" ? one.value : "")));
  expect(words[0]?.slice(2)).toEqual(["О-15/26", "ООО «Ромашка»", expect.stringContaining("31.12.2026 → 31.12.2027")]);
  expect(words[0]?.[4]).toContain("10 ч 30 мин → 20 ч");
  expect(words[1]?.[0]).toBe(3);
  expect(words[1]?.[4]).toContain("2");
});

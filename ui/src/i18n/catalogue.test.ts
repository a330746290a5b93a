/** The catalogue against the source: nothing missing, nothing left over, both languages alike. */
import { FluentResource } from "@fluent/bundle";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const catalogues = { ru: read("../assets/locales/ru.ftl"), en: read("../assets/locales/en.ftl") };
const keys = (source: string) => [...source.matchAll(/^([a-zA-Z][\w-]*) =/gm)].map((match) => match[1]!);
const variables = (source: string) =>
  new Map(
    source
      .split(/^(?=[a-zA-Z][\w-]* =)/m)
      .slice(1)
      .map((entry) => [entry.split(" ")[0]!, [...new Set([...entry.matchAll(/\$(\w+)/g)].map((match) => match[1]!))].sort().join()]),
  );

/** All sources of the interface, except tests and the scripted firm. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return path === "src/host/dev" ? [] : sources(path);
    return /\.(svelte|ts)$/.test(entry.name) && !entry.name.endsWith(".test.ts") ? [read(path)] : [];
  });
}

const source = sources("src").join("\n");
/** Texts asked for by name, and the beginnings and ends of those that are put together. */
const named = new Set([...source.matchAll(/"([a-z][\w-]*)"/g)].map((match) => match[1]!));
const asked = [...source.matchAll(/\bt\("([\w-]+)"/g)].map((match) => match[1]!);
const made = [...source.matchAll(/`([a-z][\w-]*-)\$\{[^}`]*\}([\w-]*)`/g)].map((match) => [match[1]!, match[2]!] as const);
const generated = read("src/host/generated.ts");
const union = (name: string) =>
  [...(generated.match(new RegExp(`export type ${name} = ([^;]*);`))?.[1] ?? "").matchAll(/"(\w+)"/g)].map((match) => match[1]!);

test("both languages have the same texts with the same variables", () => {
  expect(keys(catalogues.en)).toEqual(keys(catalogues.ru));
  expect(variables(catalogues.en)).toEqual(variables(catalogues.ru));
});

test("every text is understood by Fluent", () => {
  for (const text of Object.values(catalogues))
    expect(new Set([...new FluentResource(text).body].map((message) => message.id))).toEqual(new Set(keys(text)));
});

test("no text is written twice", () => {
  for (const text of Object.values(catalogues)) expect(keys(text).length).toBe(new Set(keys(text)).size);
});

test("every text that is asked for by name exists", () => {
  const known = new Set(keys(catalogues.ru));
  expect(asked.filter((key) => !known.has(key))).toEqual([]);
  expect(asked.length).toBeGreaterThan(100);
});

test("no text is left over", () => {
  const used = (key: string) =>
    named.has(key) || made.some(([head, tail]) => key.startsWith(head) && key.endsWith(tail) && key.length > head.length + tail.length);
  expect(keys(catalogues.ru).filter((key) => !used(key))).toEqual([]);
});

test.each([
  ["ErrorCode", "error-", ""],
  ["ErrorCode", "error-", "-do"],
  ["EndReason", "ended-", ""],
  ["InputNotice", "viewer-notice-", ""],
  ["RequestClass", "class-", ""],
  ["RequestClass", "class-", "-hint"],
  ["FactKind", "fact-", ""],
  ["Mark", "mark-", ""],
  ["Role", "role-", ""],
  ["Role", "join-as-", ""],
  ["Scope", "scope-", ""],
  ["Scope", "scope-", "-hint"],
  ["TicketKind", "ticket-kind-", ""],
  ["TicketPriority", "priority-", ""],
  ["TicketStatus", "status-", ""],
  ["TicketStep", "ticket-step-", ""],
  ["TicketColumn", "ticket-column-", ""],
  ["TicketGroup", "tickets-group-", ""],
  ["TicketLight", "light-", ""],
  ["TicketRelation", "relation-", ""],
  ["Theme", "theme-", ""],
  ["Language", "language-", ""],
  ["KeyStore", "keys-", ""],
  ["ContractWord", "contract-word-", ""],
  ["Channel", "channel-", ""],
  ["Weekday", "weekday-", ""],
  ["Weekday", "weekday-as-", ""],
  ["Tier", "tier-", ""],
  ["MemberRole", "member-", ""],
  ["SkillLevel", "level-", ""],
  ["DeliveryState", "delivery-", ""],
  ["ImportField", "import-field-", ""],
  ["ImportOutcome", "import-outcome-", ""],
  ["ImportReason", "import-reason-", ""],
])("every %s has its %s…%s", (name, head, tail) => {
  const known = new Set(keys(catalogues.ru));
  const all = union(name);
  expect(all.length).toBeGreaterThan(1);
  expect(all.filter((one) => !known.has(`${head}${one}${tail}`))).toEqual([]);
});

test("nobody is shouted at", () => {
  for (const text of Object.values(catalogues)) expect(text.split("\n").filter((line) => !line.startsWith("#") && line.includes("!"))).toEqual([]);
});

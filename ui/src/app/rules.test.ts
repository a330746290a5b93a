/** The rules of the house that a compiler does not know. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

function files(folder: string): { path: string; text: string }[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name) && !/\.test\.(ts|svelte)$/.test(entry.name))
    .map((entry) => ({
      path: join(entry.parentPath, entry.name).slice(root.length + 1),
      text: readFileSync(join(entry.parentPath, entry.name), "utf8"),
    }));
}

const all = files(".").filter(({ path }) => !path.startsWith("host/dev/") && path !== "host/generated.ts");
const imports = (text: string) => [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!);

test("only the host knows Tauri", () => {
  expect(all.filter(({ path, text }) => !path.startsWith("host/") && /@tauri|__TAURI/.test(text)).map(({ path }) => path)).toEqual([]);
});

test("a feature knows one other feature at most, and none knows the app", () => {
  for (const feature of readdirSync(join(root, "features"))) {
    const known = files(join("features", feature)).flatMap(({ text }) => imports(text));
    const others = new Set(known.filter((path) => path.startsWith("$features/")).map((path) => path.split("/")[1]!));
    others.delete(feature);
    expect([feature, ...others].length, `${feature} knows ${[...others].join(", ")}`).toBeLessThanOrEqual(2);
    expect(known.filter((path) => path.includes("/app/") || path.startsWith("../"))).toEqual([]);
  }
});

test("the kit knows no domain", () => {
  expect(
    files("kit")
      .flatMap(({ text }) => imports(text))
      .filter((path) => path.startsWith("$")),
  ).toEqual([]);
});

test("colours come from roles", () => {
  const own = all.filter(({ path, text }) => path.endsWith(".svelte") && /(#[0-9a-f]{3,8}\b|rgba?\()/i.test(text.slice(text.indexOf("<style>"))));
  expect(own.map(({ path }) => path)).toEqual([]);
});

test("no component is longer than 300 lines", () => {
  expect(all.filter(({ path, text }) => path.endsWith(".svelte") && text.split("\n").length > 300).map(({ path }) => path)).toEqual([]);
});

test("the list of test ids and the source agree", () => {
  const list = readFileSync(join(root, "../TESTIDS.md"), "utf8");
  const literal = new Set(all.flatMap(({ text }) => [...text.matchAll(/(?:data-testid|testid)="([a-z0-9-]+)"/g)].map((match) => match[1]!)));
  const missing = [...literal].filter((id) => !new RegExp(`(^|[^a-z0-9-])${id}([^a-z0-9-]|$)`, "m").test(list));
  expect(missing).toEqual([]);
});

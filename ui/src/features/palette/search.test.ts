import type { Host, SearchView } from "$host";
import { expect, test } from "vitest";
import { SearchStore } from "./search.svelte";

function slow(): { host: Host; answer: (words: string) => void } {
  const waiting = new Map<string, (view: SearchView) => void>();
  const hit = (words: string) => ({ id: words, what: { is: "conversation" as const, conversation: words }, title: words, note: "", at: null });
  const host = { call: (_: string, { words }: { words: string }) => new Promise((done) => waiting.set(words, done)) } as unknown as Host;
  return { host, answer: (words) => waiting.get(words)?.({ words, hits: [hit(words)], building: false }) };
}

test("a late answer to what was typed before is dropped", async () => {
  const { host, answer } = slow();
  const store = new SearchStore(host);
  const [first, second] = [store.look("при"), store.look("принтер")];
  answer("принтер");
  await second;
  answer("при");
  await first;
  expect([store.words, store.hits.map((hit) => hit.title)]).toEqual(["принтер", ["принтер"]]);
});

test("nothing typed finds nothing and asks nobody", async () => {
  const { host, answer } = slow();
  const store = new SearchStore(host);
  const looking = store.look("при");
  await store.look("  ");
  answer("при");
  await looking;
  expect(store.hits).toEqual([]);
});

import type { Host, TicketsAsk, TicketsPage, TicketView } from "$host";
import { expect, test } from "vitest";
import { ask } from "./asks";
import { TicketWindows } from "./windows.svelte";

/** A core with so many tickets, which remembers what it was asked. */
class Core implements Pick<Host, "call" | "on"> {
  readonly asked: TicketsAsk[] = [];
  moved: () => void = () => undefined;
  constructor(public ids: number[]) {}

  call = (async (_: string, args: TicketsAsk): Promise<TicketsPage> => {
    this.asked.push(args);
    const rows = this.ids.slice(args.from, args.from + args.count).map((id) => ({ id: `t-${id}` }) as TicketView);
    return { rev: 1, total: this.ids.length, groups: [], from: args.from, rows };
  }) as Host["call"];
  on = (async (_: string, listener: () => void) => {
    this.moved = listener;
    return () => undefined;
  }) as Host["on"];
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

test("only what is in sight is fetched", async () => {
  const core = new Core(numbers(50_000));
  const list = new TicketWindows(core as unknown as Host, ask({}));
  await list.open();
  await list.see(40_090, 40_110);
  expect(core.asked.map((one) => one.from)).toEqual([0, 40_000, 40_100]);
  expect(list.total).toBe(50_000);
  expect(list.row(40_101)?.id).toBe("t-40101");
  expect(list.row(500)).toBeUndefined();
});

test("what is here is not fetched again until the list moves", async () => {
  const core = new Core(numbers(150));
  const list = new TicketWindows(core as unknown as Host, ask({}));
  await list.open();
  await list.see(0, 20);
  expect(core.asked.length).toBe(1);
  core.ids = [900, ...core.ids];
  await list.reload();
  expect(core.asked.length).toBe(2);
  expect(list.find("t-3")).toBe(4);
});

test("an answer to an older question is dropped", async () => {
  const core = new Core(numbers(3));
  const list = new TicketWindows(core as unknown as Host, ask({}));
  const first = list.open();
  core.ids = [7];
  await list.show(ask({ open: true }));
  await first;
  expect(list.total).toBe(1);
});

import type { Host, TicketsAsk, TicketsPage, TicketStatus, TicketView } from "$host";
import { expect, test } from "vitest";
import { TicketBoard } from "./board.svelte";

interface Update {
  edits: { was: { value: TicketStatus }; now: { value: TicketStatus } }[];
}

/** A core with one ticket, which answers an update only when it is told to. */
class Core implements Pick<Host, "call" | "on"> {
  status: TicketStatus = "new";
  readonly moves: string[] = [];
  readonly #answers: ((refusal?: Error) => void)[] = [];

  call = (async (name: string, args: unknown) => {
    if (name === "update_ticket") return await this.#update(args as Update);
    const { filter } = args as TicketsAsk;
    const rows = filter.statuses[0] === this.status ? [{ id: "t", status: this.status } as TicketView] : [];
    return { rev: 1, total: rows.length, groups: [], from: 0, rows } satisfies TicketsPage;
  }) as Host["call"];
  on = (async () => () => undefined) as Host["on"];

  async #update({ edits }: Update) {
    const [edit] = edits;
    if (!edit) throw new Error("an update of nothing");
    this.moves.push(`${edit.was.value} ${edit.now.value}`);
    await new Promise<void>((done, refuse) => this.#answers.push((refusal) => (refusal ? refuse(refusal) : done())));
    this.status = edit.now.value;
  }

  async answer(refusal?: Error) {
    // The next update goes out in a later microtask than the answer to the one before it.
    while (this.#answers.length === 0) await Promise.resolve();
    this.#answers.shift()?.(refusal);
  }
}

async function opened(core: Core): Promise<[TicketBoard, () => TicketView]> {
  const board = new TicketBoard(core as unknown as Host, { open: true, statuses: [] } as unknown as TicketsAsk["filter"]);
  await board.open();
  const ticket = () => {
    const found = board.find("t");
    if (!found) throw new Error("the ticket is not on the board");
    return found;
  };
  return [board, ticket];
}

test("two quick moves of a ticket go out in their order, each from where the one before put it", async () => {
  const core = new Core();
  const [board, ticket] = await opened(core);
  const first = board.move(ticket(), "in_work", "");
  const second = board.move(ticket(), "waiting", "a question");
  expect(ticket().status).toBe("waiting");
  await core.answer();
  expect(core.moves).toEqual(["new in_work"]);
  await first;
  await core.answer();
  await second;
  expect(core.moves).toEqual(["new in_work", "in_work waiting"]);
});

test("an older look at the desk does not take a moved ticket back", async () => {
  const core = new Core();
  const [board, ticket] = await opened(core);
  const look = board.reload();
  const moved = board.move(ticket(), "in_work", "");
  await look;
  expect(ticket().status).toBe("in_work");
  await core.answer();
  await moved;
});

test("a refused move goes back to where the desk has it, and the next one is made", async () => {
  const core = new Core();
  const [board, ticket] = await opened(core);
  const refused = board.move(ticket(), "in_work", "");
  await core.answer(new Error("no"));
  await expect(refused).rejects.toThrow("no");
  expect(ticket().status).toBe("new");
  const moved = board.move(ticket(), "refused", "");
  await core.answer();
  await moved;
  expect(ticket().status).toBe("refused");
});

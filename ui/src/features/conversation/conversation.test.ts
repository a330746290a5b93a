import type { Commands, ConversationView, EntryView, Events, Host, Unsubscribe } from "$host";
import { expect, test } from "vitest";
import { ConversationStore } from "./conversation.svelte";

/** A core that answers when it is told to. */
class HeldHost implements Host {
  readonly label = "main";
  readonly calls: { name: string; args: unknown; answer: (reply: unknown) => void; refuse: (error: unknown) => void }[] = [];
  readonly #listeners = new Map<string, ((body: never) => void)[]>();

  call<C extends keyof Commands>(name: C, args: Commands[C]["args"]): Promise<Commands[C]["reply"]> {
    return new Promise((answer, refuse) => this.calls.push({ name, args, answer: answer as (reply: unknown) => void, refuse }));
  }

  async on<E extends keyof Events>(name: E, listener: (body: Events[E]) => void): Promise<Unsubscribe> {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener as (body: never) => void]);
    return () => this.#listeners.delete(name);
  }

  tell<E extends keyof Events>(name: E, body: Events[E]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(body as never);
  }

  address = (path: string) => path;
  frames = () => Promise.reject(new Error("no frames here"));

  async next(name: string) {
    for (let tries = 0; tries < 20; tries += 1) {
      const at = this.calls.findIndex((call) => call.name === name);
      if (at >= 0) return this.calls.splice(at, 1)[0]!;
      await Promise.resolve();
    }
    throw new Error(`${name} was not called`);
  }
}

const message = (id: string, order: number, mark: "waiting" | "sent" | "seen"): EntryView => ({
  id,
  order,
  at: order,
  by: "anna",
  by_name: "Анна",
  mine: true,
  what: { is: "message", message: id, text: id, reply: null, file: null, mark, stuck: null },
});
const view = (entries: EntryView[], rev = 1): ConversationView => ({
  row: {
    id: "c",
    rev,
    title: "Борис",
    organisation: "",
    subject: "",
    last: "",
    last_mine: false,
    at: 0,
    unread: 0,
    notes: 0,
    state: { is: "accepted", by: "boris" },
    sharing: false,
    left: false,
  },
  request: "r",
  ask: null,
  line_name: "",
  members: [],
  entries,
  more: false,
  session: null,
  tickets: [],
  rating: null,
  mark: null,
  handing: null,
  epoch: 1,
});
const marks = (store: ConversationStore) => store.entries.map((entry) => `${entry.id}:${entry.what.is === "message" ? entry.what.mark : ""}`);

async function opened(host: HeldHost, entries: EntryView[]): Promise<ConversationStore> {
  const store = new ConversationStore(host, "c");
  const opening = store.open();
  (await host.next("open_conversation")).answer(view(entries));
  await opening;
  return store;
}

test("an event that overtakes the first page wins over it", async () => {
  const host = new HeldHost();
  const store = new ConversationStore(host, "c");
  const opening = store.open();
  const asked = await host.next("open_conversation");
  host.tell("entries_changed", { conversation: "c", upsert: [message("m", 1, "seen")], gone: [] });
  asked.answer(view([message("m", 1, "sent")]));
  await opening;
  expect(marks(store)).toEqual(["m:seen"]);
});

test("the reply to a message does not undo what the event has already told", async () => {
  const host = new HeldHost();
  const store = await opened(host, []);
  store.text = "привет";
  const sending = store.send();
  const asked = await host.next("send_message");
  host.tell("entries_changed", { conversation: "c", upsert: [message("m", 1, "sent")], gone: [] });
  asked.answer(message("m", 9, "waiting"));
  await sending;
  expect(marks(store)).toEqual(["m:sent"]);
  expect(store.text).toBe("");
});

test("a refused message stays in the field", async () => {
  const host = new HeldHost();
  const store = await opened(host, []);
  store.text = "важное";
  const sending = store.send();
  (await host.next("send_message")).refuse({ code: "too_long", message: "", retry: false });
  await expect(sending).rejects.toMatchObject({ code: "too_long" });
  expect(store.text).toBe("важное");
});

test("what is typed while a message goes out is not lost", async () => {
  const host = new HeldHost();
  const store = await opened(host, []);
  store.text = "первое";
  const sending = store.send();
  const asked = await host.next("send_message");
  store.text = "второе";
  asked.answer(message("m", 1, "waiting"));
  await sending;
  expect(store.text).toBe("второе");
});

test("an older row never replaces a newer one", async () => {
  const host = new HeldHost();
  const store = await opened(host, []);
  const { row } = view([], 5);
  host.tell("conversation_changed", { ...row, title: "новее" });
  host.tell("conversation_changed", { ...row, rev: 4, title: "старее" });
  expect(store.head?.row.title).toBe("новее");
});

test("seeing is said once for each last message of the other side", async () => {
  const host = new HeldHost();
  const store = await opened(host, [{ ...message("m", 1, "sent"), mine: false }]);
  store.saw();
  store.saw();
  expect(host.calls.filter((call) => call.name === "saw").length).toBe(1);
});

test("writing is told at most every three seconds", async () => {
  const host = new HeldHost();
  const store = await opened(host, []);
  for (const now of [0, 1000, 2999, 3000, 4000]) store.tellTyping(now);
  expect(host.calls.filter((call) => call.name === "typing").length).toBe(2);
});

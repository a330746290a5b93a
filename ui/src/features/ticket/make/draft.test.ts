import type { Host, KeepTicketDraft, MakeTicket, TicketDraftView, TicketView, Tracker } from "$host";
import { expect, test } from "vitest";
import { isOf, TicketDraft, type TicketSource } from "./draft.svelte";

const tracker: Tracker = {
  id: "tr-visit",
  name: "Выезд",
  kind: "consultation",
  fields: [
    { id: "f-address", name: "Адрес", hint: "", required: true },
    { id: "f-contact", name: "Кто встретит", hint: "", required: false },
  ],
  workflow: { steps: [] },
  retired: false,
};

/** A core that keeps drafts, and answers when it is let. */
class Core implements Pick<Host, "call"> {
  readonly kept: KeepTicketDraft[] = [];
  readonly made: MakeTicket[] = [];
  full = false;
  hold: Promise<void> = Promise.resolve();

  call = (async (name: string, args: never): Promise<unknown> => {
    await this.hold;
    if (name === "make_ticket") return this.#make(args);
    if (this.full) throw { code: "disk_full", message: "", retry: true };
    return this.#keep(args);
  }) as Host["call"];

  #make(form: MakeTicket): Partial<TicketView> {
    this.made.push(form);
    return { id: form.draft ?? "t-new" };
  }

  #keep(args: KeepTicketDraft): TicketDraftView {
    this.kept.push(args);
    const files = this.kept.flatMap((one) => one.form.files).map((path) => ({ name: path, size: 1, hash: `hash of ${path}` }));
    return { id: "d-1", form: { ...args.form, files: [], draft: "d-1" }, files: files.filter((one) => !args.without.includes(one.hash)), at: 1 };
  }
}

function begun(source: TicketSource = { conversation: null, subject: "" }): [TicketDraft, Core] {
  const core = new Core();
  return [new TicketDraft(core as unknown as Host, source), core];
}

test("nothing is kept of a form that nobody wrote in, guessed or not", async () => {
  const [draft, core] = begun({ conversation: "c-1", subject: "Касса" });
  draft.guess("1С:Бухгалтерия", "3.0.150");
  expect(draft.changed).toBe(false);
  await draft.keep();
  expect(core.kept).toEqual([]);
});

test("what is written is kept under one name, and found again with all its fields", async () => {
  const [draft, core] = begun();
  draft.description = "Не бьёт чеки";
  draft.custom["f-address"] = "Ленина 1";
  expect(await draft.keep()).toBe(true);
  draft.subject = "Касса";
  await draft.keep();
  expect(core.kept.map((one) => one.form.draft)).toEqual([null, "d-1"]);
  const form = core.kept[1]?.form as MakeTicket;
  const again = new TicketDraft(core as unknown as Host, {
    conversation: null,
    subject: "",
    draft: { id: "d-1", form: { ...form, draft: "d-1" }, files: [], at: 1 },
  });
  expect([again.subject, again.description, again.custom["f-address"], again.changed]).toEqual(["Касса", "Не бьёт чеки", "Ленина 1", false]);
});

test("words typed while a file is taken in are kept after it", async () => {
  const [draft, core] = begun();
  let go: () => void = () => undefined;
  core.hold = new Promise((resolve) => (go = resolve));
  const attaching = draft.attach(["/home/anna/чек.png"]);
  draft.subject = "Касса";
  const keeping = draft.keep();
  go();
  await Promise.all([attaching, keeping]);
  expect(core.kept.at(-1)?.form).toMatchObject({ subject: "Касса", draft: "d-1", files: [] });
  expect(draft.files.map((one) => one.name)).toEqual(["/home/anna/чек.png"]);
  await draft.detach("hash of /home/anna/чек.png");
  expect(draft.files).toEqual([]);
});

test("what cannot be kept is said, and tried again with the next change", async () => {
  const [draft, core] = begun();
  core.full = true;
  draft.subject = "Касса";
  expect(await draft.keep()).toBe(false);
  expect(draft.failed).not.toBe(null);
  core.full = false;
  expect(await draft.keep()).toBe(true);
  expect(draft.failed).toBe(null);
});

test("what was sent is kept no more", async () => {
  const [draft, core] = begun();
  draft.subject = "Касса";
  await draft.keep();
  await draft.send(tracker);
  draft.subject = "Касса и чек";
  await draft.keep();
  expect([core.made.length, core.made[0]?.draft, core.kept.length]).toEqual([1, "d-1", 1]);
});

test("a draft is found by what it is about; what is about nothing is new each time", () => {
  const view = (form: Partial<MakeTicket>) => ({ form: { conversation: null, message: null, session: null, ...form } }) as TicketDraftView;
  const message = { conversation: "c-2", message: "m-1", subject: "" };
  expect(isOf(view({ conversation: "c-2", message: "m-1" }), message)).toBe(true);
  expect(isOf(view({ conversation: "c-2" }), message)).toBe(false);
  expect(isOf(view({}), { conversation: null, subject: "" })).toBe(false);
});

test("a required field is asked for, an empty one is not sent", () => {
  const [draft] = begun({ conversation: null, subject: "Настроить кассу" });
  expect(draft.ready(tracker)).toBe(false);
  draft.custom["f-address"] = "Сургут, Ленина 1";
  draft.custom["f-contact"] = " ";
  expect(draft.ready(tracker)).toBe(true);
  expect(draft.request(tracker)).toMatchObject({ tracker: "tr-visit", kind: "consultation", custom: { "f-address": "Сургут, Ленина 1" } });
});

import type { Tracker } from "$host";
import { expect, test } from "vitest";
import { TicketDraft } from "./draft.svelte";

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

test("what was written is there again when the form is opened again", () => {
  const source = { conversation: "c-1", subject: "Касса" };
  TicketDraft.of(source).description = "Не бьёт чеки";
  TicketDraft.of(source).files = ["/home/anna/чек.png"];
  expect(TicketDraft.of(source).description).toBe("Не бьёт чеки");
  TicketDraft.of(source).forget();
  expect(TicketDraft.of(source).description).toBe("");
  expect(TicketDraft.of(source).files).toEqual([]);
});

test("a message of the same talk has a draft of its own", () => {
  const talk = TicketDraft.of({ conversation: "c-2", subject: "Касса" });
  const message = TicketDraft.of({ conversation: "c-2", message: "m-1", subject: "Касса", description: "Не бьёт чеки" });
  expect([talk.description, message.description]).toEqual(["", "Не бьёт чеки"]);
  expect(message.request(tracker)).toMatchObject({ conversation: "c-2", message: "m-1", session: null });
});

test("a required field is asked for, an empty one is not sent", () => {
  const draft = new TicketDraft({ conversation: null, subject: "Настроить кассу" });
  expect(draft.ready(tracker)).toBe(false);
  draft.custom["f-address"] = "Сургут, Ленина 1";
  draft.custom["f-contact"] = " ";
  expect(draft.ready(tracker)).toBe(true);
  expect(draft.request(tracker)).toMatchObject({ tracker: "tr-visit", kind: "consultation", custom: { "f-address": "Сургут, Ленина 1" } });
});

// @vitest-environment happy-dom
import { AppStore, setApp } from "$features/account/app.svelte";
import { type Commands, type Events, type Host, type SessionView, setHost, type Unsubscribe } from "$host";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Bar from "./Bar.svelte";
import Consent from "./Consent.svelte";
import Within from "./Within.test.svelte";

const asked: SessionView = {
  rev: 1,
  id: "s",
  conversation: "c",
  state: "requested",
  connected: false,
  controlled: true,
  helper: "Борис Ким",
  firm: "Север-Софт",
  customer: "Анна Соколова",
  verified: true,
  reason: "Счёт-фактура",
  after: null,
  asked: ["view", "point", "pointer", "keyboard"],
  preselected: ["view", "point"],
  allowed: [],
  live_ms: 0,
  left_ms: 0,
  ended: null,
  stop_key: true,
};

/** Anna's core with one session; remembers what the window asked of it. */
class AnnasHost implements Host {
  readonly label = "consent";
  readonly calls: { name: string; args: unknown }[] = [];
  session: SessionView = asked;
  #listeners = new Map<string, (body: never) => void>();

  async call<C extends keyof Commands>(name: C, args: Commands[C]["args"]): Promise<Commands[C]["reply"]> {
    this.calls.push({ name, args });
    if (name === "session" || name === "answer_screen") return this.session as Commands[C]["reply"];
    return {} as Commands[C]["reply"];
  }

  async on<E extends keyof Events>(name: E, listener: (body: Events[E]) => void): Promise<Unsubscribe> {
    this.#listeners.set(name, listener as (body: never) => void);
    return () => this.#listeners.delete(name);
  }

  tell(session: SessionView): void {
    this.#listeners.get("session_changed")?.(session as never);
  }

  count = (name: string) => this.calls.filter((call) => call.name === name).length;
  address = (path: string) => path;
  frames = () => Promise.reject(new Error("no frames here"));
}

const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid=${id}]`);
const state = (id: string) => find(id)?.dataset.state;
let host: AnnasHost;
let shown: Record<string, unknown> | undefined;

/** Shows a window and lets time pass in it. */
async function show(part: typeof Consent | typeof Bar): Promise<void> {
  shown = mount(Within, {
    target: document.body,
    props: {
      part,
      prepare: () => {
        setHost(host);
        setApp(new AppStore(host));
      },
    },
  });
  flushSync();
  // The card and the bar name the helper once the session is known. No time passes meanwhile.
  for (let turn = 0; !document.body.textContent?.includes(host.session.helper); turn += 1) {
    if (turn > 100) throw new Error("the window never showed its session");
    await pass(0);
  }
}

async function pass(millis: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(millis);
  flushSync();
}

beforeEach(() => {
  vi.useFakeTimers();
  host = new AnnasHost();
});

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
  vi.useRealTimers();
  document.body.replaceChildren();
});

test("a click that was meant for what lay under the card is not an answer", async () => {
  await show(Consent);
  expect(state("consent")).toBe("arming");
  find("consent-allow")?.click();
  find("consent-scope-keyboard")?.click();
  await pass(600);
  find("consent-allow")?.click();
  expect(host.count("answer_screen")).toBe(0);
  expect((find("consent-scope-keyboard") as HTMLInputElement).checked).toBe(false);
});

test("after 700 ms the answer holds what is ticked, which is seeing and pointing until it is changed", async () => {
  await show(Consent);
  await pass(701);
  expect(state("consent")).toBe("armed");
  find("consent-scope-keyboard")?.click();
  await pass(1);
  find("consent-allow")?.click();
  await pass(1);
  expect(host.calls.find((call) => call.name === "answer_screen")?.args).toEqual({ session: "s", allow: ["view", "point", "keyboard"] });
});

test("no button is the default: none has the focus, none submits", async () => {
  await show(Consent);
  await pass(701);
  expect(document.activeElement).toBe(document.body);
  expect(document.querySelector("form, [type=submit], [autofocus]")).toBeNull();
});

test("refusing allows nothing", async () => {
  await show(Consent);
  await pass(701);
  find("consent-refuse")?.click();
  await pass(1);
  expect(host.calls.find((call) => call.name === "answer_screen")?.args).toEqual({ session: "s", allow: [] });
});

test("who could not prove who they are can only be refused", async () => {
  host.session = { ...asked, verified: false };
  await show(Consent);
  await pass(701);
  expect((find("consent-allow") as HTMLButtonElement).disabled).toBe(true);
  expect((find("consent-refuse") as HTMLButtonElement).disabled).toBe(false);
  expect(state("consent-verified")).toBe("unverified");
});

test("a card that follows another helper says so, and allows nothing by itself", async () => {
  host.session = { ...asked, helper: "Вера Титова", after: "Борис Ким" };
  await show(Consent);
  expect(find("consent-after")?.textContent).toContain("Борис Ким");
  await pass(60_000);
  expect(host.count("answer_screen")).toBe(0);
});

test("card and bar beat every 250 ms while they can be seen", async () => {
  host.session = { ...asked, state: "live", connected: true, allowed: ["view"] };
  await show(Bar);
  const first = host.count("beat");
  await pass(1000);
  expect(host.count("beat") - first).toBe(4);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  await pass(1000);
  expect(host.count("beat") - first).toBe(4);
  vi.restoreAllMocks();
});

test("the bar says when only the button stops, and Stop stops", async () => {
  host.session = { ...asked, state: "live", connected: true, allowed: ["view"], stop_key: false };
  await show(Bar);
  expect(find("bar-no-key")).not.toBeNull();
  find("bar-stop")?.click();
  await pass(1);
  expect(host.calls.find((call) => call.name === "stop_session")?.args).toEqual({ session: "s" });
});

test("an older state of the session never comes back to the bar", async () => {
  host.session = { ...asked, rev: 5, state: "live", connected: true, allowed: ["view"] };
  await show(Bar);
  host.tell({ ...host.session, rev: 4, state: "ended" });
  await pass(1);
  expect(state("bar")).toBe("live");
  host.tell({ ...host.session, rev: 6, state: "ended" });
  await pass(1);
  expect(state("bar")).toBe("ended");
});

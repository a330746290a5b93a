/** The real core, through Tauri: one command (`call`) and one event (`core`). */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Commands, Events, SessionId } from "./generated";
import { type Host, refusal, type Unsubscribe } from "./host";

interface CoreEvent {
  name: keyof Events;
  body: unknown;
}

type Listener = (body: never) => void;

export class TauriHost implements Host {
  readonly label: string;
  readonly #listeners = new Map<string, Set<Listener>>();
  #listening: Promise<unknown> | null = null;

  constructor(label: string) {
    this.label = label;
  }

  async call<C extends keyof Commands>(name: C, args: Commands[C]["args"]): Promise<Commands[C]["reply"]> {
    try {
      return await invoke("call", { name, args });
    } catch (thrown) {
      throw refusal(thrown);
    }
  }

  async on<E extends keyof Events>(name: E, listener: (body: Events[E]) => void): Promise<Unsubscribe> {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set.add(listener as Listener));
    this.#listening ??= listen<CoreEvent>("core", ({ payload }) => this.#deliver(payload), { target: this.label });
    await this.#listening;
    return () => set.delete(listener as Listener);
  }

  address(path: string): string {
    // WebView2 has no schemes of its own: there a scheme is a host name.
    return navigator.userAgent.includes("Windows") ? `http://opora.localhost/${path}` : `opora://localhost/${path}`;
  }

  async frames(session: SessionId, after: number, stop: AbortSignal): Promise<ArrayBuffer> {
    const answer = await fetch(this.address(`frames/${session}?after=${after}`), { signal: stop, cache: "no-store" });
    if (!answer.ok) throw refusal({ code: "session_lost", message: `frames: ${answer.status}` });
    return answer.arrayBuffer();
  }

  #deliver({ name, body }: CoreEvent): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(body as never);
  }
}

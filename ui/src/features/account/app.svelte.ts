/** The program's state: who one is, the link to the desk, the settings. */
import { type AppView, type Host, Mirror, type SettingsChange, type Unsubscribe } from "$host";
import { createContext } from "svelte";

export class AppStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<AppView>();

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): AppView | null {
    return this.#mirror.view;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("app_changed", (view) => this.#mirror.take(view));
    try {
      this.#mirror.take(await this.#host.call("app", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  take(view: AppView): void {
    this.#mirror.take(view);
  }

  async change(change: SettingsChange): Promise<void> {
    this.#mirror.take(await this.#host.call("change_settings", change));
  }

  async chooseStuck(id: string, again: boolean): Promise<void> {
    this.#mirror.take(await this.#host.call("choose_stuck", { id, again }));
  }
}

export const [getApp, setApp] = createContext<AppStore>();

/** The session of a consent window or a bar, and its heart-beat. */
import type { Host, SessionView, Unsubscribe } from "$host";

/** D6: every 250 ms; three missed end the session. */
const BEAT_MS = 250;

export class SessionStore {
  readonly #host: Host;
  #view = $state.raw<SessionView | null>(null);
  #received = $state.raw(0);
  #loaded = $state(false);

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): SessionView | null {
    return this.#view;
  }

  get received(): number {
    return this.#received;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** Listens first, then loads; beats as long as it is open. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("session_changed", (view) => this.take(view));
    const beat = setInterval(() => this.#beat(), BEAT_MS);
    const end = () => {
      clearInterval(beat);
      stop();
    };
    try {
      const view = await this.#host.call("session", {});
      if (view) this.take(view);
      this.#loaded = true;
      this.#beat();
    } catch (thrown) {
      end();
      throw thrown;
    }
    return end;
  }

  /** A window shows one session; a later one takes its place only when the first is over. */
  take(view: SessionView): void {
    const here = this.#view;
    if (here && here.id !== view.id && here.state !== "ended") return;
    if (here && here.id === view.id && here.rev > view.rev) return;
    this.#view = view;
    this.#received = performance.now();
  }

  /** Only what is visible beats: a hidden bar must end the session. */
  #beat(): void {
    const view = this.#view;
    if (!view || view.state === "ended" || document.visibilityState !== "visible") return;
    // A beat that is lost is a beat that is missed: the core counts.
    void this.#host.call("beat", { session: view.id }).catch(() => undefined);
  }
}

/** The viewer: session, size and pointer of the other screen, and the stream of its frames. */
import type { Host, SessionId, SessionView, Unsubscribe, ViewerView } from "$host";
import { canDecode, Decoder, type Screen } from "./decoder";
import { parseFrames } from "./frames";

/** `connecting` → `live` ⇄ `lost` → `ended`; `no-codec` when the picture cannot be decoded here. */
export type Stage = "connecting" | "live" | "lost" | "ended" | "no-codec";

/** Between two tries to get frames when the core refused them. */
const RETRY_MS = 500;

export class ViewerStore {
  readonly session: SessionId;
  readonly #host: Host;
  #view = $state.raw<ViewerView | null>(null);
  #about = $state.raw<SessionView | null>(null);
  #painted = $state(false);
  #failing = $state(false);
  #codec = $state<boolean | null>(null);
  #stopped = new AbortController();

  constructor(host: Host, session: SessionId) {
    this.#host = host;
    this.session = session;
  }

  get view(): ViewerView | null {
    return this.#view;
  }

  get about(): SessionView | null {
    return this.#about;
  }

  readonly stage = $derived.by<Stage>(() => {
    if (this.#about?.state === "ended") return "ended";
    if (this.#codec === false) return "no-codec";
    if (!this.#painted) return "connecting";
    return this.#failing || this.#about?.connected === false ? "lost" : "live";
  });

  /** Listens first, then loads, then streams until it is stopped. */
  async open(paint: (picture: VideoFrame) => void): Promise<Unsubscribe> {
    const stops = await Promise.all([
      this.#host.on("session_changed", (about) => about.id === this.session && this.#takeSession(about)),
      this.#host.on("viewer_changed", (view) => view.session === this.session && (this.#view = view)),
    ]);
    const stop = () => {
      this.#stopped.abort();
      for (const one of stops) one();
    };
    try {
      const about = await this.#host.call("session", {});
      if (about) this.#takeSession(about);
      this.#view ??= await this.#host.call("viewer", { session: this.session });
    } catch (thrown) {
      stop();
      throw thrown;
    }
    void this.#stream(paint);
    return stop;
  }

  async end(): Promise<void> {
    await this.#host.call("stop_session", { session: this.session });
  }

  #takeSession(about: SessionView): void {
    if (about.id === this.session && (this.#about?.rev ?? -1) <= about.rev) this.#about = about;
  }

  async #stream(paint: (picture: VideoFrame) => void): Promise<void> {
    const codec = this.#view?.codec ?? "";
    this.#codec = await canDecode(codec);
    this.#tell(true);
    if (!this.#codec) return;
    const screen: Screen = {
      paint: (picture) => {
        paint(picture);
        this.#painted = true;
      },
      askKeyFrame: () => this.#tell(true),
    };
    let decoder = new Decoder(codec, screen);
    let after = 0;
    while (!this.#stopped.signal.aborted && this.#about?.state !== "ended") {
      try {
        const frames = parseFrames(await this.#host.frames(this.session, after, this.#stopped.signal));
        this.#failing = false;
        after = frames.at(-1)?.seq ?? after;
        if (this.#view && this.#view.codec !== decoder.codec) {
          // The other screen has another size, and its stream another level.
          decoder.close();
          decoder = new Decoder(this.#view.codec, screen);
        }
        decoder.take(frames);
      } catch {
        this.#failing = true;
        // A stream that comes back may count from the beginning again.
        after = 0;
        await new Promise((done) => setTimeout(done, RETRY_MS));
      }
    }
    decoder.close();
  }

  #tell(key_frame: boolean): void {
    void this.#host.call("viewer_health", { session: this.session, key_frame, codec: this.#codec ?? false }).catch(() => undefined);
  }
}

/** WebCodecs: frames in, pictures out, each painted and closed at once. Asks for a key frame when it must. */
import { Continuity, type Frame } from "./frames";

/** Behind by this many pictures the decoder has lost: start again from a key frame. */
const MOST_BEHIND = 30;
/** A key frame is asked for at most this often: each is large. */
const ASK_AGAIN_MS = 500;

export interface Screen {
  paint(picture: VideoFrame): void;
  askKeyFrame(): void;
}

export async function canDecode(codec: string): Promise<boolean> {
  if (typeof VideoDecoder === "undefined") return false;
  try {
    return (await VideoDecoder.isConfigSupported({ codec })).supported === true;
  } catch {
    return false;
  }
}

export class Decoder {
  readonly codec: string;
  readonly #screen: Screen;
  readonly #continuity = new Continuity();
  #decoder: VideoDecoder | null = null;
  #askedAt = -Infinity;

  constructor(codec: string, screen: Screen) {
    this.codec = codec;
    this.#screen = screen;
  }

  take(frames: readonly Frame[]): void {
    for (const frame of frames) if (this.#continuity.admit(frame)) this.#decode(frame);
    if (this.#continuity.broken && frames.length > 0) this.#ask();
  }

  close(): void {
    if (this.#decoder && this.#decoder.state !== "closed") this.#decoder.close();
    this.#decoder = null;
  }

  #decode(frame: Frame): void {
    if ((this.#decoder?.decodeQueueSize ?? 0) > MOST_BEHIND && !frame.key) return this.#fail();
    try {
      this.#decoder ??= this.#start();
      // The decoder only needs an order; the sequence number is one that never wraps into the past.
      this.#decoder.decode(new EncodedVideoChunk({ type: frame.key ? "key" : "delta", timestamp: frame.seq, data: frame.data }));
    } catch {
      this.#fail();
    }
  }

  #start(): VideoDecoder {
    const decoder = new VideoDecoder({
      output: (picture) => {
        try {
          this.#screen.paint(picture);
        } finally {
          picture.close();
        }
      },
      error: () => this.#fail(),
    });
    decoder.configure({ codec: this.codec, optimizeForLatency: true });
    return decoder;
  }

  #fail(): void {
    this.close();
    this.#continuity.lose();
    this.#ask();
  }

  #ask(): void {
    const now = performance.now();
    if (now - this.#askedAt < ASK_AGAIN_MS) return;
    this.#askedAt = now;
    this.#screen.askKeyFrame();
  }
}

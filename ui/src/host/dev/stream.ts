/** A stream as the core gives it: the drawn screen, encoded by the browser, behind 16-byte headers. */
import { draw } from "./picture";

const WIDTH = 1280;
const HEIGHT = 720;
const PERIOD_MS = 100;

export class Stream {
  readonly #kind: "pictures" | "none" | "broken";
  #encoder: VideoEncoder | null = null;
  #seq = 0;
  #wantsKey = true;
  #bodies: Uint8Array[] = [];

  constructor(kind: "pictures" | "none" | "broken") {
    this.#kind = kind;
  }

  askKeyFrame(): void {
    this.#wantsKey = true;
  }

  async next(stop: AbortSignal): Promise<ArrayBuffer> {
    await new Promise((done) => setTimeout(done, PERIOD_MS));
    if (stop.aborted) throw new Error("stopped");
    if (this.#kind === "none") return new ArrayBuffer(0);
    if (this.#kind === "broken" && this.#seq > 2) throw { code: "session_lost", message: "scripted", retry: true };
    await this.#encode();
    const body = new Blob(this.#bodies.splice(0) as BlobPart[]);
    return body.arrayBuffer();
  }

  async #encode(): Promise<void> {
    this.#encoder ??= this.#start();
    const frame = new VideoFrame(draw(WIDTH, HEIGHT, this.#seq), { timestamp: this.#seq * PERIOD_MS * 1000 });
    this.#encoder.encode(frame, { keyFrame: this.#wantsKey });
    this.#wantsKey = false;
    frame.close();
    await this.#encoder.flush();
  }

  #start(): VideoEncoder {
    const encoder = new VideoEncoder({ output: (chunk) => this.#pack(chunk), error: (error) => console.error(error) });
    encoder.configure({ codec: "vp8", width: WIDTH, height: HEIGHT, bitrate: 2_000_000, latencyMode: "realtime" });
    return encoder;
  }

  #pack(chunk: EncodedVideoChunk): void {
    const body = new Uint8Array(16 + chunk.byteLength);
    const head = new DataView(body.buffer);
    this.#seq += 1;
    head.setUint32(0, this.#seq, true);
    head.setUint32(4, this.#seq * PERIOD_MS, true);
    head.setUint32(8, chunk.type === "key" ? 1 : 0, true);
    head.setUint32(12, chunk.byteLength, true);
    chunk.copyTo(body.subarray(16));
    this.#bodies.push(body);
  }
}

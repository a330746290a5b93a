/**
 * Encoded frames as the core hands them over: each is a header of 16 bytes (sequence number,
 * milliseconds, flags with bit 0 for a key frame, length; 32 bits each, little-endian) and its data.
 * The bytes come from our own core, yet a cut body must neither throw nor read beyond its end.
 */
export interface Frame {
  seq: number;
  millis: number;
  key: boolean;
  data: Uint8Array;
}

const HEADER = 16;
/** A 4K key frame stays far below; more is a broken length. */
const MOST = 32 * 1024 * 1024;

/** All whole frames of a body. A frame that is cut, empty or too long ends the reading. */
export function parseFrames(body: ArrayBuffer): Frame[] {
  const view = new DataView(body);
  const frames: Frame[] = [];
  let at = 0;
  while (at + HEADER <= body.byteLength) {
    const length = view.getUint32(at + 12, true);
    if (length === 0 || length > MOST || at + HEADER + length > body.byteLength) break;
    frames.push({
      seq: view.getUint32(at, true),
      millis: view.getUint32(at + 4, true),
      key: (view.getUint32(at + 8, true) & 1) === 1,
      data: new Uint8Array(body, at + HEADER, length),
    });
    at += HEADER + length;
  }
  return frames;
}

/** What may be decoded: after a hole everything waits for the next key frame. */
export class Continuity {
  #last: number | null = null;

  /** Does the decoder miss something without a key frame? */
  get broken(): boolean {
    return this.#last === null;
  }

  /** May this frame be decoded? A repeated one may not. */
  admit(frame: Frame): boolean {
    if (this.#last !== null && frame.seq <= this.#last && !frame.key) return false;
    if (!frame.key && (this.#last === null || frame.seq !== this.#last + 1)) {
      this.#last = null;
      return false;
    }
    this.#last = frame.seq;
    return true;
  }

  lose(): void {
    this.#last = null;
  }
}

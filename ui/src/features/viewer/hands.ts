/** The helper's hands: what the page sees becomes {@link Input}. Pure, apart from `Sender`. */
import type { Input, Scope } from "$host";

/** The picture is 0 to 65535 each way. */
const SPAN = 65535;
/** The contract takes at most so many at once. */
const MOST = 64;
/** The contract's limit for one text. */
const MOST_TEXT = 64;
/** Ticks of `wheelDelta` in one notch, as in every browser that has it. */
const NOTCH = 120;
/** Pixels in one notch where there is no `wheelDelta`. */
const NOTCH_PIXELS = 100;
/** An `i8` holds this much. */
const MOST_NOTCHES = 127;

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A place on the picture; outside it, the nearest edge. */
export function place(x: number, y: number, box: Box): { x: number; y: number } {
  const part = (value: number, from: number, length: number) =>
    length > 0 ? Math.round(Math.min(1, Math.max(0, (value - from) / length)) * SPAN) : 0;
  return { x: part(x, box.left, box.width), y: part(y, box.top, box.height) };
}

/** `MouseEvent.button` as the contract counts: 1 left, 2 middle, 3 right. */
export function button(domButton: number): number | null {
  return domButton >= 0 && domButton <= 2 ? domButton + 1 : null;
}

export interface WheelLike {
  deltaX: number;
  deltaY: number;
  deltaMode: number;
  wheelDeltaX?: number;
  wheelDeltaY?: number;
}

/** Wheel notches; smooth wheels and touch pads give parts, which are kept until they make a whole. */
export class Wheel {
  #x = 0;
  #y = 0;

  turn(event: WheelLike): { dx: number; dy: number } | null {
    this.#x += notches(event.deltaX, event.wheelDeltaX, event.deltaMode);
    this.#y += notches(event.deltaY, event.wheelDeltaY, event.deltaMode);
    const whole = (value: number) => Math.min(MOST_NOTCHES, Math.max(-MOST_NOTCHES, Math.trunc(value))) || 0;
    const [dx, dy] = [whole(this.#x), whole(this.#y)];
    this.#x -= dx;
    this.#y -= dy;
    return dx === 0 && dy === 0 ? null : { dx, dy };
  }
}

function notches(delta: number, wheelDelta: number | undefined, mode: number): number {
  if (wheelDelta) return -wheelDelta / NOTCH;
  if (mode === 1) return delta / 3;
  return mode === 2 ? Math.sign(delta) : delta / NOTCH_PIXELS;
}

export interface KeyLike {
  key: string;
  code: string;
  repeat: boolean;
  isComposing: boolean;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** Keys by position; letters that the other layout may not have go as text. */
export class Keyboard {
  readonly #asText = new Set<string>();

  down(event: KeyLike): Input | null {
    if (event.isComposing || event.key === "Dead" || event.key === "Process") return null;
    if (foreign(event)) {
      this.#asText.add(event.code);
      return { is: "text", text: event.key };
    }
    // The other side repeats by itself as long as the key is held.
    if (event.repeat || NOWHERE.has(event.code)) return null;
    return { is: "key", code: event.code, down: true };
  }

  up(event: KeyLike): Input | null {
    if (this.#asText.delete(event.code) || event.isComposing || NOWHERE.has(event.code)) return null;
    return { is: "key", code: event.code, down: false };
  }

  release(): void {
    this.#asText.clear();
  }
}

/** What web views call a key without a place, such as a key of an on-screen keyboard. */
const NOWHERE = new Set(["", "Unidentified"]);

/** What the keys of punctuation give on the American layout, plain and with Shift (ISO/IEC 9995-3, US). */
const AMERICAN: Record<string, string> = {
  Backquote: "`~",
  Digit1: "1!",
  Digit2: "2@",
  Digit3: "3#",
  Digit4: "4$",
  Digit5: "5%",
  Digit6: "6^",
  Digit7: "7&",
  Digit8: "8*",
  Digit9: "9(",
  Digit0: "0)",
  Minus: "-_",
  Equal: "=+",
  BracketLeft: "[{",
  BracketRight: "]}",
  Backslash: "\\|",
  Semicolon: ";:",
  Quote: "'\"",
  Comma: ",<",
  Period: ".>",
  Slash: "/?",
};

/** A character that this position would not give on an American layout: it goes as itself. */
function foreign({ key, code, shiftKey, ctrlKey, altKey, metaKey }: KeyLike): boolean {
  const [first, second] = [...key];
  if (ctrlKey || altKey || metaKey || first === undefined || second !== undefined) return false;
  if ((first.codePointAt(0) ?? 0) > 0x7f || NOWHERE.has(code)) return true;
  // Caps Lock changes the case of letters on both sides alike.
  if (/^Key[A-Z]$/.test(code)) return first.toUpperCase() !== code.slice(3);
  const here = AMERICAN[code];
  return here !== undefined && first !== here[shiftKey ? 1 : 0];
}

/** A composed text in pieces that the contract takes. */
export function pieces(text: string): Input[] {
  const letters = [...text];
  const out: Input[] = [];
  for (let at = 0; at < letters.length; at += MOST_TEXT) out.push({ is: "text", text: letters.slice(at, at + MOST_TEXT).join("") });
  return out;
}

/** Does the consent cover it? The controlled device asks the same again; this spares the line. */
export function covered(input: Input, allowed: readonly Scope[]): boolean {
  switch (input.is) {
    case "move":
      return allowed.includes("pointer") || allowed.includes("point");
    case "button":
    case "wheel":
      return allowed.includes("pointer");
    case "key":
    case "text":
      return allowed.includes("keyboard");
    case "release":
      return allowed.includes("pointer") || allowed.includes("keyboard");
  }
}

/** Adds an input; a move right after a move replaces it, so a slow line gets the newest place only. */
export function coalesce(queue: readonly Input[], input: Input): Input[] {
  const last = queue.at(-1);
  if (input.is === "move" && last?.is === "move") return [...queue.slice(0, -1), input];
  return [...queue, input];
}

/** Sends in order, one call at a time: calls of a web view may overtake each other. */
export class Sender {
  readonly #send: (events: Input[]) => Promise<unknown>;
  #queue: Input[] = [];
  #sending = false;
  #frame = 0;

  constructor(send: (events: Input[]) => Promise<unknown>) {
    this.#send = send;
  }

  push(input: Input): void {
    this.#queue = coalesce(this.#queue, input);
    // A click must not wait for the next frame; a move may.
    if (input.is !== "move") void this.#flush();
    else
      this.#frame ||= requestAnimationFrame(() => {
        this.#frame = 0;
        void this.#flush();
      });
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#queue = [];
  }

  async #flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.#queue.length > 0) {
        const events = this.#queue.slice(0, MOST);
        this.#queue = this.#queue.slice(MOST);
        // A refusal means that the session is over; the view says so.
        await this.#send(events).catch(() => undefined);
      }
    } finally {
      this.#sending = false;
    }
  }
}

import type { Input } from "$host";
import { describe, expect, test } from "vitest";
import { button, coalesce, covered, Keyboard, type KeyLike, pieces, place, Sender, Wheel } from "./hands";

const key = (key: string, code: string, more: Partial<KeyLike> = {}): KeyLike => ({
  key,
  code,
  repeat: false,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

test("a place is a part of the picture, and outside it the nearest edge", () => {
  const box = { left: 100, top: 50, width: 200, height: 100 };
  expect(place(100, 50, box)).toEqual({ x: 0, y: 0 });
  expect(place(200, 100, box)).toEqual({ x: 32768, y: 32768 });
  expect(place(999, -5, box)).toEqual({ x: 65535, y: 0 });
  expect(place(1, 1, { ...box, width: 0, height: 0 })).toEqual({ x: 0, y: 0 });
});

test("buttons are counted from the left and side buttons stay here", () => {
  expect([0, 1, 2, 3, 4].map(button)).toEqual([1, 2, 3, null, null]);
});

describe("the wheel", () => {
  test("gives one notch for one tick of a mouse", () => {
    expect(new Wheel().turn({ deltaX: 0, deltaY: 53, deltaMode: 0, wheelDeltaX: 0, wheelDeltaY: -120 })).toEqual({ dx: 0, dy: 1 });
  });

  test("collects the small steps of a touch pad until they make a notch", () => {
    const wheel = new Wheel();
    const steps = Array.from({ length: 10 }, () => wheel.turn({ deltaX: 0, deltaY: 25, deltaMode: 0 }));
    expect(steps.filter((step) => step !== null)).toEqual([
      { dx: 0, dy: 1 },
      { dx: 0, dy: 1 },
    ]);
  });

  test("never sends more than the contract holds", () => {
    expect(new Wheel().turn({ deltaX: 0, deltaY: -99_999, deltaMode: 0 })?.dy).toBe(-127);
  });
});

describe("the keyboard", () => {
  test("sends keys by their position, once, however long they are held", () => {
    const keyboard = new Keyboard();
    expect(keyboard.down(key("a", "KeyA"))).toEqual({ is: "key", code: "KeyA", down: true });
    expect(keyboard.down(key("a", "KeyA", { repeat: true }))).toBeNull();
    expect(keyboard.up(key("a", "KeyA"))).toEqual({ is: "key", code: "KeyA", down: false });
  });

  test("sends Russian letters as text, and no release for them", () => {
    const keyboard = new Keyboard();
    expect(keyboard.down(key("ф", "KeyA"))).toEqual({ is: "text", text: "ф" });
    expect(keyboard.up(key("ф", "KeyA"))).toBeNull();
  });

  test("sends as text what the position would not give on an American layout", () => {
    const keyboard = new Keyboard();
    // The full stop of the Russian layout is on the key of the slash.
    expect(keyboard.down(key(".", "Slash"))).toEqual({ is: "text", text: "." });
    expect(keyboard.down(key(",", "Slash", { shiftKey: true }))).toEqual({ is: "text", text: "," });
    expect(keyboard.down(key("q", "Unidentified"))).toEqual({ is: "text", text: "q" });
    expect(keyboard.down(key("Enter", "Unidentified"))).toBeNull();
    expect(keyboard.down(key("z", "KeyY"))).toEqual({ is: "text", text: "z" });
    expect(keyboard.down(key("!", "Digit1", { shiftKey: true }))).toEqual({ is: "key", code: "Digit1", down: true });
    expect(keyboard.down(key("A", "KeyA"))).toEqual({ is: "key", code: "KeyA", down: true });
  });

  test("sends a shortcut by position even with a Russian layout", () => {
    expect(new Keyboard().down(key("с", "KeyC", { ctrlKey: true }))).toEqual({ is: "key", code: "KeyC", down: true });
  });

  test("leaves dead keys and composition alone", () => {
    const keyboard = new Keyboard();
    expect(keyboard.down(key("Dead", "BracketLeft"))).toBeNull();
    expect(keyboard.down(key("Process", "KeyA"))).toBeNull();
    expect(keyboard.down(key("a", "KeyA", { isComposing: true }))).toBeNull();
  });

  test("named keys are not text, though their names are longer than a letter", () => {
    expect(new Keyboard().down(key("Enter", "Enter"))).toEqual({ is: "key", code: "Enter", down: true });
  });
});

test("a composed text is cut into what the contract takes, without splitting a letter", () => {
  const texts = pieces("😀".repeat(70)).map((piece) => (piece.is === "text" ? [...piece.text].length : 0));
  expect(texts).toEqual([64, 6]);
});

test("a move replaces the move before it, and nothing overtakes a click", () => {
  const inputs: Input[] = [
    { is: "move", x: 1, y: 1 },
    { is: "move", x: 2, y: 2 },
    { is: "button", button: 1, down: true },
    { is: "move", x: 3, y: 3 },
  ];
  expect(inputs.reduce<Input[]>(coalesce, [])).toEqual(inputs.slice(1));
});

test("without consent to control nothing but pointing leaves", () => {
  const all: Input[] = [
    { is: "move", x: 0, y: 0 },
    { is: "button", button: 1, down: true },
    { is: "wheel", dx: 0, dy: 1 },
    { is: "key", code: "KeyA", down: true },
    { is: "text", text: "ф" },
  ];
  expect(all.map((input) => covered(input, ["view", "point"]))).toEqual([true, false, false, false, false]);
  expect(all.map((input) => covered(input, ["view", "pointer"]))).toEqual([true, true, true, false, false]);
  expect(all.map((input) => covered(input, ["view"]))).toEqual([false, false, false, false, false]);
});

test("the sender keeps the order while a call is on its way, and sends at most 64 at once", async () => {
  const batches: Input[][] = [];
  let open: (() => void) | undefined;
  const sender = new Sender((events) => {
    batches.push(events);
    return new Promise<void>((done) => (open = done));
  });
  for (let at = 0; at < 100; at += 1) sender.push({ is: "key", code: `K${at}`, down: true });
  while (batches.flat().length < 100) {
    open?.();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(batches.every((batch) => batch.length <= 64)).toBe(true);
  expect(batches.flat().map((input) => (input.is === "key" ? input.code : ""))).toEqual(Array.from({ length: 100 }, (_, at) => `K${at}`));
});

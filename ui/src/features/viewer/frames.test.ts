import { expect, test } from "vitest";
import { Continuity, type Frame, parseFrames } from "./frames";

function body(...frames: [seq: number, key: boolean, length: number, claimed?: number][]): ArrayBuffer {
  const parts = frames.map(([seq, key, length, claimed = length]) => {
    const part = new Uint8Array(16 + length).fill(seq, 16);
    const head = new DataView(part.buffer);
    head.setUint32(0, seq, true);
    head.setUint32(4, seq * 33, true);
    head.setUint32(8, key ? 1 : 0, true);
    head.setUint32(12, claimed, true);
    return part;
  });
  return new Uint8Array(parts.flatMap((part) => [...part])).buffer;
}

test("whole frames come out in order with their data", () => {
  const frames = parseFrames(body([7, true, 3], [8, false, 2]));
  expect(frames.map(({ seq, millis, key, data }) => [seq, millis, key, [...data]])).toEqual([
    [7, 231, true, [7, 7, 7]],
    [8, 264, false, [8, 8]],
  ]);
});

test("a body without a whole header holds no frame", () => {
  for (let length = 0; length < 16; length += 1) expect(parseFrames(new ArrayBuffer(length))).toEqual([]);
});

test("a length that lies ends the reading and keeps what came before", () => {
  for (const lie of [60, 0, 0xffff_ffff, 33 * 1024 * 1024])
    expect(parseFrames(body([1, true, 3], [2, false, 3, lie], [3, true, 3])).map((frame) => frame.seq)).toEqual([1]);
});

test("random bytes never throw and never reach beyond the body", () => {
  let seed = 20_261_124;
  const next = () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff) >> 16;
  for (let round = 0; round < 2000; round += 1) {
    const bytes = Uint8Array.from({ length: next() % 200 }, () => (next() % 4 === 0 ? next() : 0) & 0xff);
    for (const frame of parseFrames(bytes.buffer)) expect(frame.data.byteOffset + frame.data.byteLength).toBeLessThanOrEqual(bytes.length);
  }
});

const frame = (seq: number, key = false): Frame => ({ seq, key, millis: 0, data: new Uint8Array(1) });

test("after a hole nothing is decoded until the next key frame", () => {
  const continuity = new Continuity();
  const admitted = [frame(1), frame(2, true), frame(3), frame(3), frame(5), frame(6), frame(7, true), frame(8)]
    .filter((one) => continuity.admit(one))
    .map((one) => one.seq);
  expect(admitted).toEqual([2, 3, 7, 8]);
});

test("a repeated frame breaks nothing, a lost one does", () => {
  const continuity = new Continuity();
  continuity.admit(frame(1, true));
  continuity.admit(frame(1));
  expect(continuity.broken).toBe(false);
  continuity.admit(frame(3));
  expect(continuity.broken).toBe(true);
});

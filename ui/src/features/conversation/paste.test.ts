import { expect, test } from "vitest";
import { base64, pastedName } from "./paste";

test("large pictures become base64 without losing a byte", () => {
  const bytes = Uint8Array.from({ length: 100_003 }, (_, at) => at % 251);
  expect(Uint8Array.from(atob(base64(bytes.buffer)), (letter) => letter.charCodeAt(0))).toEqual(bytes);
});

test("a pasted picture is named by its time", () => {
  expect(pastedName("image/jpeg", new Date(2026, 10, 24, 9, 5, 7))).toBe("screen-2026-11-24-09-05-07.jpg");
});

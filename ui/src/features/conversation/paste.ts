/** What is pasted has no name and no path: it goes to the core as base64 under a name made of the time. */

/** 32 KiB at a time: `fromCharCode` takes its bytes as arguments. */
const CHUNK = 0x8000;

export function base64(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes);
  let text = "";
  for (let start = 0; start < all.length; start += CHUNK) text += String.fromCharCode(...all.subarray(start, start + CHUNK));
  return btoa(text);
}

const ENDINGS: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif", "image/bmp": "bmp" };

/** `screen-2026-11-24-14-05-09.png`. */
export function pastedName(type: string, at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const parts = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate()), two(at.getHours()), two(at.getMinutes()), two(at.getSeconds())];
  return `screen-${parts.join("-")}.${ENDINGS[type] ?? "png"}`;
}

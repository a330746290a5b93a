/** When an invitation lapses, in words. Pure. */
import type { Timestamp } from "$host";
import { clock, when } from "$i18n";

/** Further away than this a clock alone would not say which day. */
const NEAR = 8 * 3_600_000_000;

export function until(deadline: Timestamp, now: Timestamp = Date.now() * 1000): string {
  return deadline - now < NEAR ? clock(deadline) : when(deadline);
}

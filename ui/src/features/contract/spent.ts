/** Minutes that a person notes. Pure. */

/** A day: more is a slip. */
export const MOST_MINUTES = 1440;

/** The minutes in a field; none when it is no time at all. Nothing written is nothing spent. */
export function spentOf(text: string): number | null {
  const spent = text.trim() === "" ? 0 : Number(text);
  return Number.isInteger(spent) && spent >= 0 && spent <= MOST_MINUTES ? spent : null;
}

/** As the contract counts them: in whole steps. */
export function drawn(spent: number, step: number): number {
  return Math.ceil(spent / step) * step;
}

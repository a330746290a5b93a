/** Days as fields of forms have them, counted in the zone of this machine. */

/** `2026-11-27` of a moment; empty when there is none. The end of a part is its last day, itself included. */
export function dayOf(at: number | null, last = false): string {
  if (at === null) return "";
  const date = new Date(at / 1000 - (last ? 1 : 0));
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The first moment of a day, or the first one after it; none when the field is empty. */
export function momentOf(day: string, last = false): number | null {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return null;
  return new Date(year, month - 1, date + (last ? 1 : 0)).getTime() * 1000;
}

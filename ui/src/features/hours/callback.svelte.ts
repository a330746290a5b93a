/** A wish to be called back, as far as it is written. */
import type { CallbackWhen, Timestamp } from "$host";

export class CallbackDraft {
  wanted = $state(false);
  phone = $state("");
  /** `soon`, or a local date and time as `<input type="datetime-local">` has it. */
  at = $state("");

  readonly ready = $derived(!this.wanted || this.phone.replace(/\D/g, "").length >= 3);

  when(): CallbackWhen {
    const millis = this.at === "" ? NaN : new Date(this.at).getTime();
    return Number.isFinite(millis) ? { is: "at", at: millis * 1000 } : { is: "soon" };
  }
}

/** An instant for `<input type="datetime-local">`, in the zone of this machine. */
export function local(at: Timestamp): string {
  const date = new Date(at / 1000);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

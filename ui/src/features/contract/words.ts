/** Contracts in words: the light, what is left, until when. Pure. */
import type { AllowanceLeft, ContractView, ContractWord, NotEntitled } from "$host";
import { date, minutes, t } from "$i18n";

export type Tone = "good" | "warn" | "bad" | "plain";

const TONES: Record<ContractWord, Tone> = {
  good: "good",
  low: "warn",
  soon: "warn",
  grace: "warn",
  spent: "bad",
  unpaid: "bad",
  over: "bad",
  ahead: "plain",
};

export function tone(word: ContractWord | null): Tone {
  return word === null ? "plain" : TONES[word];
}

/** "действует", "закончился". */
export function wordOf(word: ContractWord | null): string {
  return word === null ? t("contract-word-none") : t(`contract-word-${word}`);
}

/** "осталось 6 ч 20 мин"; empty when there is no allowance. */
export function left(of: AllowanceLeft | null): string {
  if (of === null) return "";
  if (of.is === "minutes") {
    if (of.left < 0) return t("contract-over-by", { time: minutes(-of.left) });
    return of.left === 0 ? t("contract-left-nothing") : t("contract-left-time", { time: minutes(of.left) });
  }
  return t("contract-left-requests", { count: Math.max(0, of.left) });
}

/** "6 ч 20 мин из 10 ч", where "left" is said beside it. */
export function amount(of: AllowanceLeft): string {
  const [count, all] = [Math.max(0, of.left), of.of];
  return of.is === "minutes"
    ? t("contract-amount", { left: minutes(count), of: minutes(all) })
    : t("contract-amount", { left: String(count), of: String(all) });
}

export function low(of: AllowanceLeft | null): boolean {
  return of !== null && of.left * 5 <= of.of;
}

/** "до 31 декабря 2026", or that it has no end. */
export function until(view: ContractView): string {
  const { from, to } = view.contract;
  if (view.word === "ahead") return t("contract-from", { date: date(from) });
  if (to === null) return t("contract-open-end");
  return view.word === "over" ? t("contract-ended", { date: date(to) }) : t("contract-until", { date: date(to) });
}

/** Why a customer may not ask, as a sentence. */
export function refusal(no: NotEntitled): string {
  return t(`no-${no.why.is}`);
}

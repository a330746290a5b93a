/** What a customer must know now of a contract, in one line; empty when nothing. Pure. */
import { day, t } from "$i18n";
import type { Own } from "./contracts.svelte";
import { low, refusal } from "./words";

export function banner({ of, no }: Own): string {
  if (no) return refusal(no);
  const best = of?.contracts[0] ?? null;
  if (best?.word === "grace" && best.grace_until !== null) return t("contract-grace-until", { date: day(best.grace_until - 1) });
  if (best?.word === "soon") return t("contract-soon", { count: best.days_left ?? 0 });
  return best && low(best.left) ? t("contract-low") : "";
}

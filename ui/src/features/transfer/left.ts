/** What is left of an offer that was received at `received`; never below zero. */
export function left(offer: { left_ms: number; life_ms: number }, received: number, now: number): { seconds: number; share: number } {
  const rest = Math.max(0, offer.left_ms - (now - received));
  return { seconds: Math.ceil(rest / 1000), share: offer.life_ms > 0 ? rest / offer.life_ms : 0 };
}

/** Minutes and seconds, as a clock shows them. */
export function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

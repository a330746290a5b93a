/** What is left of an offer. Pure. */
import type { OfferView } from "$host";

export interface Left {
  /** Whole seconds, rounded up: "0" means it is over. */
  seconds: number;
  /** 1 at the ring, 0 at the deadline. */
  share: number;
}

export function left(offer: OfferView, received: number, now: number): Left {
  const millis = Math.max(0, offer.left_ms - Math.max(0, now - received));
  const share = offer.life_ms > 0 ? Math.min(1, millis / offer.life_ms) : 0;
  return { seconds: Math.ceil(millis / 1000), share };
}

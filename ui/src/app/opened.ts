/** Opens what a page mirrors. */
import type { Unsubscribe } from "$host";

/** One that is refused must not take the others with it; the first refusal is told when all have answered. */
export async function openAll(opening: Promise<Unsubscribe>[], keep: (stop: Unsubscribe) => void): Promise<void> {
  const opened = await Promise.allSettled(opening);
  for (const one of opened) if (one.status === "fulfilled") keep(one.value);
  for (const one of opened) if (one.status === "rejected") throw one.reason;
}

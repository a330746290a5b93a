/** The present, for what is counted on screen. One timer a component, only while it is shown. */
import { onMount } from "svelte";

/** `performance.now()`, renewed every `period` ms. */
export function ticking(period: number): { readonly now: number } {
  let now = $state(performance.now());
  onMount(() => {
    const timer = setInterval(() => (now = performance.now()), period);
    return () => clearInterval(timer);
  });
  return {
    get now() {
      return now;
    },
  };
}

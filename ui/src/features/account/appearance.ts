/** Theme and scale on the document. */
import type { Theme } from "$host";

/** The bar is drawn for this height; the shell gives it more when the scale is larger. */
const BAR_HEIGHT = 56;

export function applyZoom(percent: number, bar = false): void {
  const asked = Math.min(200, Math.max(100, percent)) / 100;
  // A bar that does not fit would hide Stop: it grows only as far as its window did.
  const zoom = bar ? Math.max(1, Math.min(asked, innerHeight / BAR_HEIGHT)) : asked;
  document.documentElement.style.setProperty("--zoom", String(zoom));
}

/** Follows the system when told so; the answer stops following. */
export function applyTheme(theme: Theme): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    document.documentElement.dataset.theme = theme === "dark" || (theme === "system" && dark.matches) ? "dark" : "light";
  };
  apply();
  dark.addEventListener("change", apply);
  return () => dark.removeEventListener("change", apply);
}

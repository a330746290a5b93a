/** Theme and scale on the document. */
import type { Theme } from "$host";

export function applyZoom(percent: number): void {
  document.documentElement.style.setProperty("--zoom", String(Math.min(200, Math.max(100, percent)) / 100));
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

/**
 * uPlot, loaded when a chart is shown: as it loads it makes a number format of the browser's language,
 * and a system without one (LANG=C) names a language that no format knows.
 */
import type uPlot from "uplot";

export async function loadUplot(): Promise<typeof uPlot> {
  try {
    new Intl.NumberFormat(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { value: "ru", configurable: true });
  }
  return (await import("uplot")).default;
}

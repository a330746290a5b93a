/** Texts: one Fluent catalogue for Rust and the interface, in `assets/locales`. */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import en from "$assets/locales/en.ftl?raw";
import ru from "$assets/locales/ru.ftl?raw";

export type Language = "ru" | "en";

function bundle(locale: Language, source: string): FluentBundle {
  // No isolation marks: names are shown in one direction only, and tests read the text.
  const made = new FluentBundle(locale, { useIsolating: false });
  made.addResource(new FluentResource(source));
  return made;
}

const bundles: Record<Language, FluentBundle> = { ru: bundle("ru", ru), en: bundle("en", en) };

let current = $state<Language>("ru");

export function language(): Language {
  return current;
}

export function setLanguage(next: Language): void {
  current = next;
  if (typeof document !== "undefined") document.documentElement.lang = next;
}

/** The text called `id` in the language of the interface. A text that is missing shows its id. */
export function t(id: string, args: Record<string, FluentVariable> = {}): string {
  const texts = bundles[current];
  const value = texts.getMessage(id)?.value;
  if (!value) return id;
  const errors: Error[] = [];
  return texts.formatPattern(value, args, errors);
}

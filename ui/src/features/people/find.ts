/** Finding a row by parts of what is written in it. */

/** Rows of a list that are shown at once; the search finds the others. */
export const MOST_ROWS = 60;

/** Every word of the question stands somewhere in the texts. */
export function matches(question: string, texts: readonly string[]): boolean {
  const all = texts.join(" ").toLowerCase().replaceAll("ё", "е");
  const words = question.toLowerCase().replaceAll("ё", "е").split(/\s+/);
  return words.every((word) => all.includes(word));
}

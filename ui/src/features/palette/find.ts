/** Finding a conversation or a waiting request by a few letters of its words. Pure. */
export interface Target {
  kind: "conversation" | "queue";
  id: string;
  title: string;
  note: string;
}

/** Ё and е are one letter when searching, as everybody types. */
function plain(text: string): string {
  return text.toLocaleLowerCase("ru").replaceAll("ё", "е");
}

/** Every typed word must begin a word of the target; those whose title begins so come first. */
export function find(targets: readonly Target[], words: string, most = 12): Target[] {
  const asked = plain(words).split(/\s+/).filter(Boolean);
  if (asked.length === 0) return targets.slice(0, most);
  const starts = (text: string, word: string) =>
    plain(text)
      .split(/[\s«»"“”().,:;—-]+/)
      .some((part) => part.startsWith(word));
  const hits = targets.filter(({ title, note }) => asked.every((word) => starts(`${title} ${note}`, word)));
  const first = asked[0] ?? "";
  return [...hits.filter(({ title }) => starts(title, first)), ...hits.filter(({ title }) => !starts(title, first))].slice(0, most);
}

/** Keys of the list. Letters are taken by their place on the keyboard: a Russian layout is one too. */

/** How far a key moves the cursor; none for another key. */
export function stepOf(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "altKey">, page: number, all: number): number | null {
  if (event.altKey) return null;
  if (event.ctrlKey && event.key !== "Home" && event.key !== "End") return null;
  if (event.key === "ArrowDown" || event.code === "KeyJ") return 1;
  if (event.key === "ArrowUp" || event.code === "KeyK") return -1;
  if (event.key === "PageDown") return page;
  if (event.key === "PageUp") return -page;
  if (event.key === "Home") return -all;
  return event.key === "End" ? all : null;
}

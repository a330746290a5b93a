/**
 * A text that is being written. It outlives the component that shows it and a reload of the page, and ends with
 * the window: what was sent is in the core's vault, what was not is nobody's business on a disk.
 */
export class Kept {
  readonly #key: string;
  #value = $state("");

  constructor(key: string, initial = "") {
    this.#key = `kept:${key}`;
    this.#value = read(this.#key) ?? initial;
  }

  get value(): string {
    return this.#value;
  }

  set value(next: string) {
    this.#value = next;
    write(this.#key, next);
  }
}

/** A page without storage only forgets sooner. */
function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    if (value === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // As above: it stays on screen.
  }
}

/** A view of the core, mirrored for the screen: an older one never replaces a newer one. */
export class Mirror<V extends { rev: number }> {
  #view = $state.raw<V | null>(null);

  get view(): V | null {
    return this.#view;
  }

  /** Takes the view unless a newer one is here. An equal counter is the same view again. */
  take(view: V): void {
    if (this.#view === null || view.rev >= this.#view.rev) this.#view = view;
  }

  drop(): void {
    this.#view = null;
  }
}

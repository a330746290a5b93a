/** One thing a person tries: busy while it runs, and the refusal in words when it did not work. */
import { explain, type Explained } from "./explain";

export class Attempt {
  #busy = $state(false);
  #failed = $state.raw<Explained | null>(null);

  get busy(): boolean {
    return this.#busy;
  }

  get failed(): Explained | null {
    return this.#failed;
  }

  /** Runs `work` unless it runs already. Gives nothing back when it was refused. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#busy) return undefined;
    this.#busy = true;
    this.#failed = null;
    try {
      return await work();
    } catch (thrown) {
      this.#failed = explain(thrown);
      return undefined;
    } finally {
      this.#busy = false;
    }
  }

  clear(): void {
    this.#failed = null;
  }
}

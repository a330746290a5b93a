/** Mail, notices, what is kept, second factors. The core owns the truth; this mirrors it. */
import { type Commands, type Host, Mirror, type RetentionPreview, type RunningView, type TestedMail, type Unsubscribe } from "$host";

export class RunningStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<RunningView>();

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): RunningView | null {
    return this.#mirror.view;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("running_changed", (view) => this.#mirror.take(view));
    try {
      this.#mirror.take(await this.#host.call("running", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  /** Has the core do something that gives the whole view back. */
  async change<C extends Changing>(name: C, args: Commands[C]["args"]): Promise<void> {
    this.#mirror.take((await this.#host.call(name, args)) as RunningView);
  }

  test(to: string): Promise<TestedMail> {
    return this.#host.call("test_mail", { to });
  }

  preview(line: string, days: number): Promise<RetentionPreview> {
    return this.#host.call("preview_retention", { line, days });
  }

  secret(): Promise<Commands["begin_code"]["reply"]> {
    return this.#host.call("begin_code", {});
  }
}

type Changing = { [C in keyof Commands]: Commands[C]["reply"] extends RunningView ? C : never }[keyof Commands];

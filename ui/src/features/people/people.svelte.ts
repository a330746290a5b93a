/** Lines, organisations and people, for the owner. */
import { type Host, type InviteView, type MakeInvite, Mirror, type PeopleView, type Unsubscribe } from "$host";

export class PeopleStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<PeopleView>();

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): PeopleView | null {
    return this.#mirror.view;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("people_changed", (view) => this.#mirror.take(view));
    try {
      await this.reload();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  async reload(): Promise<void> {
    this.#mirror.take(await this.#host.call("people", {}));
  }

  async makeLine(name: string): Promise<void> {
    this.#mirror.take(await this.#host.call("make_line", { name }));
  }

  async makeOrganisation(name: string): Promise<void> {
    this.#mirror.take(await this.#host.call("make_organisation", { name }));
  }

  async invite(invite: MakeInvite): Promise<InviteView> {
    const made = await this.#host.call("make_invite", invite);
    await this.reload();
    return made;
  }
}

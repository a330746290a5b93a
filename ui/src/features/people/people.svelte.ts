/** Lines, organisations, people and groups, for the owner. */
import {
  type BulkInvites,
  type Host,
  type InviteView,
  type MakeInvite,
  Mirror,
  type PeopleView,
  type PutGroup,
  type PutLine,
  type PutOrganisation,
  type PutOwnSpecialist,
  type PutPerson,
  type Unsubscribe,
} from "$host";

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

  async invitePeople(people: string[]): Promise<BulkInvites> {
    const made = await this.#host.call("invite_people", { people });
    await this.reload();
    return made;
  }

  /** Where the page for printing was saved. */
  async saveInvites(): Promise<string> {
    return (await this.#host.call("save_invites", {})).path;
  }

  async putLine(args: PutLine): Promise<void> {
    this.#mirror.take(await this.#host.call("put_line", args));
  }

  async putOrganisation(args: PutOrganisation): Promise<void> {
    this.#mirror.take(await this.#host.call("put_organisation", args));
  }

  async putPerson(args: PutPerson): Promise<void> {
    this.#mirror.take(await this.#host.call("put_person", args));
  }

  async putGroup(args: PutGroup): Promise<void> {
    this.#mirror.take(await this.#host.call("put_group", args));
  }

  async dropGroup(group: string): Promise<void> {
    this.#mirror.take(await this.#host.call("drop_group", { group }));
  }

  async putOwnSpecialist(args: PutOwnSpecialist): Promise<void> {
    this.#mirror.take(await this.#host.call("put_own_specialist", args));
  }
}

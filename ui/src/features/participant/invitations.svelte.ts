/** Who is asked into talks. The core owns the truth; this mirrors it. */
import { type Host, type InvitationsView, type InvitationView, Mirror, type Timestamp, type Unsubscribe } from "$host";
import { createContext } from "svelte";

export class InvitationsStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<InvitationsView>();
  #received = $state.raw(0);

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): InvitationsView | null {
    return this.#mirror.view;
  }

  /** When an invitation lapses, by this computer's clock. */
  deadline(of: InvitationView): Timestamp {
    return (this.#received + of.left_ms) * 1000;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("invitations_changed", (view) => this.take(view));
    try {
      this.take(await this.#host.call("invitations", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  take(view: InvitationsView): void {
    this.#mirror.take(view);
    if (this.#mirror.view === view) this.#received = Date.now();
  }
}

export const [getInvitations, setInvitations] = createContext<InvitationsStore>();

/** What the desk offers to choose from: trackers, categories, people, lines, organisations. */
import type {
  Host,
  LineView,
  OrganisationId,
  OrganisationView,
  OwnColleague,
  PeopleView,
  PersonView,
  TicketSetupView,
  Tracker,
  Unsubscribe,
} from "$host";
import { Mirror } from "$host";
import { createContext } from "svelte";

export class TicketDesk {
  readonly #host: Host;
  readonly #setup = new Mirror<TicketSetupView>();
  readonly #people = new Mirror<PeopleView>();
  #own = $state.raw<readonly OwnColleague[]>([]);
  readonly staff = $derived<PersonView[]>(this.#of((role) => role !== "customer" && role !== "vendor"));
  readonly customers = $derived<PersonView[]>(this.#of((role) => role === "customer"));
  /** To whom a ticket can be shown. A customer's own program knows nobody by itself, and asks the desk. */
  readonly colleagues = $derived<OwnColleague[]>([
    ...this.customers.map(({ id, name, memberships }) => ({ id, name, organisations: memberships.map((one) => one.organisation) })),
    ...this.#own,
  ]);
  /** Trackers of which tickets are made, the standard ones first. */
  readonly trackers = $derived<Tracker[]>(this.#setup.view?.trackers.filter((one) => !one.retired) ?? []);

  constructor(host: Host) {
    this.#host = host;
  }

  get setup(): TicketSetupView | null {
    return this.#setup.view;
  }

  get lines(): readonly LineView[] {
    return this.#people.view?.lines ?? [];
  }

  get organisations(): readonly OrganisationView[] {
    return this.#people.view?.organisations ?? [];
  }

  take(setup: TicketSetupView): void {
    this.#setup.take(setup);
  }

  tracker(id: string): Tracker | undefined {
    return this.#setup.view?.trackers.find((one) => one.id === id);
  }

  /** Listens first, then loads. Names that cannot be had leave ids out of choices, and nothing else. */
  async open(): Promise<Unsubscribe> {
    const stops = await Promise.all([
      this.#host.on("ticket_setup_changed", (view) => this.#setup.take(view)),
      this.#host.on("people_changed", (view) => this.#people.take(view)),
    ]);
    const stop = () => stops.forEach((one) => one());
    try {
      this.#setup.take(await this.#host.call("ticket_setup", {}));
      this.#people.take(await this.#host.call("people", {}));
    } catch (thrown) {
      stop();
      throw thrown;
    }
    // Without the desk nobody is chosen; the other ways of sharing are there.
    this.#own = await this.#host.call("own_colleagues", {}).catch(() => []);
    return stop;
  }

  /** Who belongs to an organisation beside a customer; everybody whom one knows, where none is chosen. */
  beside(customer: string | undefined, firm: OrganisationId | null): OwnColleague[] {
    return this.colleagues.filter((one) => one.id !== customer && (firm === null || one.organisations.includes(firm)));
  }

  #of(passes: (role: PersonView["role"]) => boolean): PersonView[] {
    return this.#people.view?.people.filter((one) => passes(one.role)) ?? [];
  }
}

/** What the desk offers, for every component of a tickets page. */
export const [getTicketDesk, setTicketDesk] = createContext<TicketDesk>();

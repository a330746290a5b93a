/** Which organisations a ticket of a customer may count for. */
import type { OrganisationId, OrganisationView, PersonView } from "$host";

/** The customer's organisations, the main one first. */
export function firmsOf(customer: PersonView | undefined, organisations: readonly OrganisationView[]): { id: OrganisationId; name: string }[] {
  const now = Date.now() * 1000;
  const holds = (customer?.memberships ?? []).filter(({ since, until }) => (since ?? 0) <= now && now < (until ?? Infinity));
  return holds.flatMap(({ organisation: id }) => {
    const name = organisations.find((one) => one.id === id)?.name;
    return name === undefined ? [] : [{ id, name }];
  });
}

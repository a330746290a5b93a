/** Changes of a ticket in words. */
import type { TicketChange, TicketChangeView, TicketVisibility, Tracker } from "$host";
import { date, t } from "$i18n";
import { trackerName } from "./words";

/** The name of a field. */
export function fieldName(change: TicketChange, trackers: readonly Tracker[]): string {
  if (change.field !== "custom") return t(`ticket-field-${change.field}`);
  const { id } = change.value;
  return trackers.flatMap((one) => one.fields).find((one) => one.id === id)?.name ?? t("ticket-field-custom");
}

export function seenBy(visibility: TicketVisibility): string {
  return visibility.to === "group"
    ? t("ticket-seen-group-count", { count: visibility.people.length })
    : t(visibility.to === "organisation" ? "ticket-seen-organisation" : "ticket-seen-private");
}

/** A value in words; `name` is what a person called it. */
export function valueOf(change: TicketChange, name: string | null, trackers: readonly Tracker[]): string {
  if (name) return name;
  switch (change.field) {
    case "status":
      return t(`status-${change.value}`);
    case "priority":
      return t(`priority-${change.value}`);
    case "due":
      return change.value === null ? t("ticket-none") : date(change.value);
    case "visibility":
      return seenBy(change.value);
    case "tracker": {
      const known = trackers.find((one) => one.id === change.value.tracker);
      return trackerName(known ?? { name: "", kind: change.value.kind });
    }
    case "assignee":
      return change.value || t("ticket-nobody");
    case "custom":
      return change.value.text || t("ticket-none");
    default:
      return change.value || t("ticket-none");
  }
}

/** What changed, as one line: "Статус: новая → в работе". Long texts are only named. */
export function changed({ now, was, name, was_name }: TicketChangeView, trackers: readonly Tracker[]): string {
  const field = fieldName(now, trackers);
  if (now.field === "description") return t("ticket-changed-text", { field });
  const to = valueOf(now, name, trackers);
  return was ? t("ticket-changed", { field, from: valueOf(was, was_name, trackers), to }) : t("ticket-set", { field, to });
}

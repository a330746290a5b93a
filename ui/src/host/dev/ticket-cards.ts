/** Tickets of the scripted firm, opened. */
import type { TicketCard, TicketEntry, TicketLabel, TicketSetupView, TicketStatus, TicketView } from "../generated";
import { ANNA, BORIS, LINE, MINUTE, now, OLEG, rev, VERA } from "./firm";
import { CATEGORIES, CUSTOMERS, isOver, STAFF } from "./tickets";

export const label = ({ id, number, subject, status }: TicketView): TicketLabel => ({ id, number, subject, status });

const NAMES: Record<string, string> = { ...STAFF, ...Object.fromEntries(Object.entries(CUSTOMERS).map(([id, [name]]) => [id, name])) };
let entries = 0;

/** An entry of a history; `ago` minutes. */
export function entry(me: string, by: string | null, ago: number, more: Partial<TicketEntry>): TicketEntry {
  return {
    id: `te-${(entries += 1)}`,
    by: by === null ? null : (NAMES[by] ?? by),
    of_firm: by !== null && by in STAFF,
    mine: by === me,
    at: now() - ago * MINUTE,
    changes: [],
    text: "",
    files: [],
    staff: false,
    what: { is: "updated" },
    mark: "sent",
    stuck: null,
    ...more,
  };
}

function history(me: string, row: TicketView): TicketEntry[] {
  const changed = (now: TicketEntry["changes"][number]["now"], was: TicketEntry["changes"][number]["was"], name = "", was_name = "") => {
    return { now, was, name: name || null, was_name: was_name || null };
  };
  const worker = row.assignee_id ?? BORIS;
  const all = [
    entry(me, worker, 1_500, {
      changes: [
        changed({ field: "assignee", value: worker }, { field: "assignee", value: null }, NAMES[worker]),
        changed({ field: "status", value: "in_work" }, { field: "status", value: "new" }),
      ],
      text: "Добрый день! Берём в работу. Пришлите, пожалуйста, выписку за тот же день в формате txt.",
    }),
    entry(me, row.customer_id, 1_440, { text: "Вот она, за вторник.", files: [{ name: "выписка.txt", size: 12_400, hash: "h-1" }] }),
    entry(me, VERA, 400, {
      staff: true,
      text: "Похоже на старую обработку обмена: у «Вектора» было так же, лечится обновлением файла из общей папки.",
      changes: [changed({ field: "priority", value: "high" }, { field: "priority", value: "normal" })],
    }),
    entry(me, null, 200, { what: { is: "pressed", with: { broken: false } }, staff: true }),
    entry(me, worker, 25, { text: "Нашли причину: после обновления сбросился путь к обработке. Исправление проверяем, сегодня поставим." }),
  ];
  if (row.status === "waiting")
    all.push(
      entry(me, worker, 20, {
        changes: [changed({ field: "status", value: "waiting" }, { field: "status", value: "in_work" })],
        text: "Уточните, пожалуйста: аванс вернули в том же месяце, что и получили?",
      }),
    );
  if (row.status === "solved")
    all.push(
      entry(me, worker, 20, {
        changes: [changed({ field: "status", value: "solved" }, { field: "status", value: "in_work" })],
        text: "Обновили, отчёты проверили: всё на месте. Посмотрите, пожалуйста.",
      }),
    );
  if (row.status === "new") return [];
  return all;
}

/** A ticket as a person opens it. */
export function card(me: string, row: TicketView, all: readonly TicketView[], setup: TicketSetupView): TicketCard {
  const staff = me in STAFF;
  const who = staff ? ["staff", "supervisor"] : ["customer"];
  const workflow = (setup.trackers.find((one) => one.id === row.tracker) ?? setup.trackers[0])?.workflow.steps ?? [];
  const words = (to: TicketStatus) => ["waiting", "solved", "refused", "reopened"].includes(to);
  const order: TicketStatus[] = ["new", "reopened", "in_work", "waiting", "solved", "confirmed", "refused"];
  const statuses = order.filter((to) => workflow.some((step) => step.from === row.status && step.to === to && who.includes(step.who)));
  const others = all.filter((one) => one.id !== row.id);
  const own = row.customer_id === me;
  return {
    row,
    product: "Бухгалтерия предприятия",
    release: "3.0.171.24",
    custom: row.kind === "error" ? { "f-message": "Файл не содержит данных для выгрузки" } : {},
    line_id: row.line === null ? null : LINE,
    category_id: Object.entries(CATEGORIES).find(([, name]) => name === row.category)?.[0] ?? null,
    organisation_id: CUSTOMERS[row.customer_id]?.[1] ?? null,
    history: history(me, row).filter((one) => staff || !one.staff),
    checklist:
      staff && row.id === "t-1042"
        ? [
            { id: "i-1", text: "Сверить версию обработки обмена", done: true },
            { id: "i-2", text: "Поставить исправление на копии базы", done: true },
            { id: "i-3", text: "Проверить выгрузку за вторник", done: false },
          ]
        : [],
    links: staff && row.id === "t-1042" ? others.slice(4, 5).map((one) => ({ relation: "relates" as const, other: label(one) })) : [],
    parent: null,
    children: staff && row.id === "t-1042" ? others.slice(5, 7).map(label) : [],
    merged: null,
    watchers: staff ? [{ id: OLEG, name: "Олег Панин" }] : [],
    minutes: staff ? 95 : 0,
    conflicts: row.conflict
      ? [
          {
            id: "te-c1",
            conflict: { mine: { field: "priority", value: "high" }, theirs: { field: "priority", value: "urgent" } },
            by: "Вера Титова",
            mine: null,
            theirs: null,
          },
          {
            id: "te-c1",
            conflict: {
              mine: { field: "subject", value: row.subject },
              theirs: { field: "subject", value: "НДС в книге покупок: расхождение с декларацией за октябрь" },
            },
            by: "Вера Титова",
            mine: null,
            theirs: null,
          },
        ]
      : [],
    may: {
      statuses: statuses.map((status) => ({ status, words: words(status) })),
      comment: staff || own || row.visibility.to !== "private",
      edit: staff || own,
      work: staff,
      rate: !staff && own && isOver(row.status),
      vote: row.kind === "wish" && !own,
    },
    rating: row.status === "confirmed" && me !== ANNA ? { stars: 5, comment: "Спасибо, всё понятно." } : null,
    notice: setup.notices.find((one) => one.ticket === row.id) ?? null,
    voted: false,
  };
}

/** The same card, a little later. */
export const renewed = (card: TicketCard, more: Partial<TicketCard>, row: Partial<TicketView> = {}): TicketCard => ({
  ...card,
  ...more,
  row: { ...card.row, ...row, rev: rev(), updated: now() },
});

/** Tickets of the scripted firm: a hand of told ones, then as many made ones as a scene wants. */
import type { TicketFile, TicketSetupView, TicketStatus, TicketStep, TicketStepState, TicketView, Workflow, WorkflowWho } from "../generated";
import { ANNA, BORIS, GALINA, LINE, MARIA, MINUTE, now, OLEG, rev, VERA } from "./firm";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const standard = { error: 1, consultation: 2, wish: 3 } as const;
export const trackerOf = (kind: keyof typeof standard) => `00000000-0000-0000-0000-00000000000${standard[kind]}`;

export const STAFF: Record<string, string> = {
  [BORIS]: "Борис Ким",
  [VERA]: "Вера Титова",
  [GALINA]: "Галина Мельник",
  "p-sveta": "Светлана Руднева",
  "p-kon": "Константин Константинопольский-Преображенский",
};
export const CUSTOMERS: Record<string, [name: string, organisation: string]> = {
  [ANNA]: ["Анна Соколова", "o-1"],
  [OLEG]: ["Олег Панин", "o-1"],
  [MARIA]: ["Мария Лебедева", "o-3"],
  "p-olga": ["Ольга Маркова", "o-2"],
  "p-zh": ["Татьяна Жукова", "o-4"],
};
export const ORGANISATIONS: Record<string, string> = {
  "o-1": "ООО «Ромашка»",
  "o-2": "АО «Научно-производственное объединение „Северные магистральные трубопроводы“»",
  "o-3": "ООО «Вектор»",
  "o-4": "ООО «Лесторг»",
};
export const LINES: Record<string, string> = { [LINE]: "1-я линия · Бухгалтерия", "l-2": "2-я линия · Программисты" };
export const CATEGORIES: Record<string, string> = { "k-print": "Печатные формы", "k-bank": "Обмен с банком", "k-update": "Обновления" };

/** The line of steps, as the core makes it. */
export function steps(status: TicketStatus): TicketView["steps"] {
  const line: TicketStep[] =
    status === "waiting"
      ? ["received", "in_work", "your_turn", "solved", "confirmed"]
      : status === "refused"
        ? ["received", "refused"]
        : ["received", "in_work", "solved", "confirmed"];
  const here: Record<TicketStatus, TicketStep> = {
    new: "received",
    in_work: "in_work",
    reopened: "in_work",
    waiting: "your_turn",
    solved: "solved",
    confirmed: "confirmed",
    refused: "refused",
  };
  const at = line.indexOf(here[status]);
  return line.map((step, place) => ({ step, state: (place < at ? "past" : place === at ? "now" : "ahead") as TicketStepState }));
}

const over = (status: TicketStatus) => status === "solved" || status === "confirmed" || status === "refused";
export const isOver = over;

type Told = Partial<TicketView> & Pick<TicketView, "id" | "subject" | "status">;

/** A ticket as a list shows it. What is not told is usual. */
export function ticket(told: Told): TicketView {
  const customer = told.customer_id ?? ANNA;
  const kind = told.kind ?? "error";
  const at = told.at ?? now() - 5 * HOUR;
  const runs = !over(told.status) && told.status !== "waiting";
  return {
    rev: rev(),
    number: null,
    conversation: null,
    customer: CUSTOMERS[customer]?.[0] ?? "",
    customer_id: customer,
    organisation: ORGANISATIONS[CUSTOMERS[customer]?.[1] ?? ""] ?? null,
    description: "Шаги: открыть выписку, нажать «Выгрузить». Ожидали файл, получили пустой список.",
    kind,
    tracker: trackerOf(kind),
    priority: "normal",
    assignee: told.assignee_id ? (STAFF[told.assignee_id] ?? null) : null,
    assignee_id: null,
    line: LINES[LINE] ?? null,
    category: null,
    due: null,
    deadlines: { answer: null, solution: runs ? at + 3 * DAY : null },
    light: runs ? "green" : "none",
    visibility: { to: "private" },
    unread: false,
    conflict: false,
    votes: 0,
    steps: steps(told.status),
    mark: "sent",
    stuck: null,
    files: [],
    updated: at,
    ...told,
    at,
  };
}

const file = (name: string, size: number): TicketFile => ({ name, size, hash: `hash-${name}` });

/** What is told by hand: each state that a screen has to show. */
function told(): TicketView[] {
  return [
    ticket({
      id: "t-1042",
      number: 1042,
      subject: "Выгрузка в банк пустая",
      status: "in_work",
      priority: "high",
      assignee_id: BORIS,
      category: "Обмен с банком",
      files: [file("выписка.txt", 12_400)],
      at: now() - 50 * HOUR,
      updated: now() - 25 * MINUTE,
      deadlines: { answer: null, solution: now() + 3 * HOUR },
      light: "yellow",
      unread: true,
    }),
    ticket({
      id: "t-998",
      number: 998,
      subject: "Обновление до 3.0.170",
      kind: "consultation",
      status: "solved",
      assignee_id: VERA,
      at: now() - 14 * DAY,
      updated: now() - 20 * HOUR,
    }),
    ticket({
      id: "t-951",
      number: 951,
      subject: "Счёт-фактура: свой макет с двумя подписями",
      kind: "wish",
      status: "confirmed",
      priority: "low",
      assignee_id: VERA,
      at: now() - 35 * DAY,
      updated: now() - 30 * DAY,
      votes: 4,
    }),
    ticket({
      id: "t-1051",
      number: 1051,
      subject: "Касса не бьёт чеки: «Смена превысила 24 часа»",
      status: "new",
      priority: "urgent",
      customer_id: MARIA,
      at: now() - 3 * HOUR,
      deadlines: { answer: now() - 2 * HOUR, solution: now() + HOUR },
      light: "red",
    }),
    ticket({
      id: "t-1049",
      number: 1049,
      subject: "Какие проводки при возврате аванса?",
      kind: "consultation",
      status: "waiting",
      assignee_id: BORIS,
      at: now() - 28 * HOUR,
      updated: now() - 2 * HOUR,
      visibility: { to: "organisation" },
    }),
    ticket({
      id: "t-1047",
      number: 1047,
      subject: "Не сходится НДС в книге покупок после обновления на 3.0.171",
      status: "in_work",
      priority: "high",
      customer_id: OLEG,
      assignee_id: BORIS,
      conflict: true,
      mark: "stuck",
      category: "Обновления",
      at: now() - 26 * HOUR,
      updated: now() - 40 * MINUTE,
      visibility: { to: "organisation" },
    }),
    ticket({
      id: "t-1050",
      number: 1050,
      subject: "Снова пропал свой макет счёта-фактуры",
      status: "reopened",
      assignee_id: VERA,
      category: "Печатные формы",
      at: now() - 9 * DAY,
      updated: now() - 3 * HOUR,
      visibility: { to: "group", people: [OLEG] },
    }),
    ticket({
      id: "t-1031",
      number: 1031,
      subject: "Показывать остаток прямо в счёте",
      kind: "wish",
      status: "new",
      customer_id: "p-olga",
      votes: 17,
      priority: "low",
      at: now() - 21 * DAY,
      deadlines: { answer: null, solution: null },
      light: "none",
    }),
    ticket({
      id: "t-1012",
      number: 1012,
      subject: "Перенести базу на сервер заказчика без остановки торговли",
      kind: "consultation",
      status: "refused",
      customer_id: "p-zh",
      assignee_id: "p-kon",
      at: now() - 12 * DAY,
    }),
  ];
}

/** Written without a network: no number yet. */
export function draftTicket(): TicketView {
  return ticket({
    id: "t-draft",
    subject: "Не сходится 60 счёт",
    description: "За октябрь разница 14 200.",
    status: "new",
    mark: "waiting",
    files: [file("осв-60.xlsx", 9_400_000), file("акт сверки.pdf", 4_800_000)],
    at: now() - MINUTE,
    deadlines: { answer: null, solution: null },
    light: "none",
  });
}

const SUBJECTS = [
  "Не проводится реализация: «Поле объекта не обнаружено»",
  "Как закрыть месяц, если нет счёта 26?",
  "Отчёт по продажам открывается восемь минут",
  "Права кладовщика на перемещения",
  "После обновления не печатается УПД",
  "Добавить в заказ поле «Договор перевозки»",
  "Не приходит письмо с актом сверки",
  "Обмен с сайтом теряет остатки",
  "Перенести отпуск в Зарплате и кадрах",
  "Ошибка формата потока при запуске",
] as const;
const STATUSES: TicketStatus[] = [
  "new",
  "in_work",
  "in_work",
  "waiting",
  "solved",
  "confirmed",
  "in_work",
  "new",
  "reopened",
  "refused",
  "confirmed",
];
const PRIORITIES = ["normal", "normal", "high", "normal", "low", "urgent", "normal"] as const;
const pick = <T>(all: readonly T[], at: number): T => all[at % all.length] as T;

/** One of very many. */
function made(at: number): TicketView {
  const status = pick(STATUSES, at * 7);
  const kind = pick(["error", "consultation", "error", "wish"] as const, at);
  const since = now() - (1 + (at % 900)) * 5 * HOUR;
  const left = (at % 23) - 4;
  const runs = !over(status) && status !== "waiting";
  const assignee = status === "new" ? null : pick([...Object.keys(STAFF)], at * 3);
  return ticket({
    id: `t-m${at}`,
    number: 1_000_000 - at,
    subject: `${pick(SUBJECTS, at * 3)}${at % 4 === 0 ? `, склад № ${at % 97}` : ""}`,
    status,
    kind,
    priority: pick(PRIORITIES, at * 5),
    customer_id: pick(Object.keys(CUSTOMERS), at),
    assignee_id: assignee,
    line: pick(Object.values(LINES), at),
    category: pick([null, ...Object.values(CATEGORIES)], at),
    at: since,
    updated: since + (at % 50) * MINUTE,
    deadlines: { answer: null, solution: runs ? now() + left * 2 * HOUR : null },
    light: !runs ? "none" : left < 0 ? "red" : left < 3 ? "yellow" : "green",
  });
}

/** All tickets, so many of them made up. */
export function tickets(more = 51): TicketView[] {
  return [...told(), ...Array.from({ length: more }, (_, at) => made(at))];
}

/** The steps that most firms use. */
export function usual(): Workflow {
  const of = (who: WorkflowWho, table: [TicketStatus, TicketStatus[]][]) => table.flatMap(([from, all]) => all.map((to) => ({ from, to, who })));
  return {
    steps: [
      ...of("staff", [
        ["new", ["in_work", "waiting", "solved", "refused"]],
        ["in_work", ["waiting", "solved", "refused", "new"]],
        ["waiting", ["in_work", "solved", "refused"]],
        ["reopened", ["in_work", "waiting", "solved", "refused"]],
        ["solved", ["reopened"]],
        ["refused", ["reopened"]],
      ]),
      ...of("customer", [
        ["new", ["refused"]],
        ["waiting", ["in_work"]],
        ["solved", ["confirmed", "reopened"]],
        ["confirmed", ["reopened"]],
        ["refused", ["reopened"]],
      ]),
      ...of("supervisor", [
        ["solved", ["confirmed"]],
        ["confirmed", ["reopened"]],
      ]),
    ],
  };
}

export function setup(): TicketSetupView {
  const own = (kind: keyof typeof standard) => ({ id: trackerOf(kind), name: "", kind, fields: [], workflow: usual(), retired: false });
  const notice = { text: "Причина известна, исправление выйдет с 3.0.171.31.", at: now() - 5 * HOUR, mine: false };
  return {
    rev: rev(),
    trackers: [
      { ...own("error"), fields: [{ id: "f-message", name: "Текст ошибки", hint: "Скопируйте из окна целиком", required: false }] },
      own("consultation"),
      own("wish"),
      {
        id: "tr-visit",
        name: "Выезд",
        kind: "consultation",
        fields: [
          { id: "f-address", name: "Адрес", hint: "Город, улица, подъезд", required: true },
          { id: "f-contact", name: "Кто встретит", hint: "Имя и телефон", required: false },
        ],
        workflow: usual(),
        retired: false,
      },
    ],
    categories: [
      { id: "k-print", name: "Печатные формы", line: "l-2", assignee: VERA },
      { id: "k-bank", name: "Обмен с банком", line: LINE, assignee: null },
      { id: "k-update", name: "Обновления", line: null, assignee: null },
    ],
    terms: {
      promises: {
        urgent: { answer: 60, solution: 240 },
        high: { answer: 120, solution: 480 },
        normal: { answer: 480, solution: 2_400 },
        low: { answer: 960, solution: null },
      },
    },
    notices: [
      { ...notice, ticket: "t-1047", wish: false, title: "После обновления на 3.0.171 не печатается счёт-фактура", votes: 6 },
      { ...notice, ticket: "t-1031", wish: true, title: "Показывать остаток прямо в счёте", text: "Собираем голоса.", votes: 17 },
    ],
    usual: usual(),
  };
}

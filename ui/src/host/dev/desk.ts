/** The scripted firm as supervisors see it: the board, the trail, reports; and what the search finds. */
import type { AuditView, BoardPerson, BoardTalk, BoardView, ReportAsk, ReportFigures, ReportView, SearchView } from "../generated";
import { ANNA, BORIS, GALINA, LINE, MINUTE, now, OLEG, rev, TALK, VERA } from "./firm";

const SPAN = 60_000_000;

export function board(): BoardView {
  const person = (
    id: string,
    name: string,
    role: BoardPerson["role"],
    doing: BoardPerson["doing"],
    minutes: number | null,
    active: number,
  ): BoardPerson => ({ id, name, role, doing, since: minutes === null ? null : now() - minutes * MINUTE, active, capacity: 4, me: id === GALINA });
  const talk = (
    conversation: string,
    customer: string,
    organisation: string,
    subject: string,
    minutes: number,
    more: Partial<BoardTalk>,
  ): BoardTalk => ({
    conversation,
    request: conversation,
    epoch: 2,
    line: LINE,
    line_name: "1-я линия",
    customer,
    organisation,
    subject,
    class: "error",
    state: { is: "accepted", by: BORIS },
    since: now() - minutes * MINUTE,
    specialist: BORIS,
    specialist_name: "Борис Ким",
    mine: false,
    looking: false,
    mark: null,
    ...more,
  });
  const waits = { state: { is: "waiting" } as const, specialist: null, specialist_name: "" };
  return {
    rev: rev(),
    live: true,
    lines: [
      { id: LINE, name: "1-я линия · Бухгалтерия", waiting: 2, oldest: now() - 7 * MINUTE, on_line: 2 },
      { id: "l-2", name: "2-я линия · Программисты", waiting: 0, oldest: null, on_line: 1 },
      { id: "l-3", name: "Отдел внедрения", waiting: 1, oldest: now() - 2 * MINUTE, on_line: 0 },
    ],
    people: [
      person("p-dmitry", "Дмитрий Лосев", "specialist", "free", 12, 0),
      person(BORIS, "Борис Ким", "specialist", "busy", 20, 2),
      person("p-sveta", "Светлана Руднева", "specialist", "full", 95, 4),
      person(VERA, "Вера Титова", "specialist", "lunch", 25, 0),
      person(GALINA, "Галина Мельник", "owner", "off", null, 0),
      person("p-kon", "Константин Константинопольский-Преображенский", "specialist", "gone", 3_000, 0),
    ],
    talks: [
      talk("c-w1", "Роман Ким", "ИП Ким", "Касса не бьёт чеки, очередь у прилавка", 7, { ...waits, class: "broken" }),
      talk(
        "c-w2",
        "Ольга Маркова",
        "АО «Научно-производственное объединение „Северные магистральные трубопроводы“»",
        "Как закрыть месяц, если нет счёта 26?",
        2,
        {
          ...waits,
          class: "question",
        },
      ),
      talk(TALK, "Анна Соколова", "ООО «Ромашка»", "Не печатается счёт-фактура, пишет «Макет не найден»", 25, {}),
      talk("c-oleg", "Олег Панин", "ООО «Ромашка»", "Номер релиза", 40, { mine: true, specialist: GALINA, specialist_name: "Галина Мельник" }),
      talk("c-o1", "Павел Громов", "ООО «Вектор»", "Обмен с банком", 180, { state: { is: "closed" }, mark: { stars: 4, comment: "" } }),
    ],
    day: { asked: 34, answered: 31, closed: 27, first_p50: 2.5 * SPAN, first_p90: 9 * SPAN, rated: 18, stars: 84 },
  };
}

export function audit(): AuditView {
  const rows = (
    [
      ["looked_in", 4, "Анна Соколова", null],
      ["whispered", 3, "Анна Соколова", null],
      ["looked_away", 2, "Анна Соколова", null],
      ["took_over", 1_400, "Олег Панин", null],
      ["marked", 1_500, "Павел Громов", 4],
    ] as const
  ).map(([act, minutes, customer, stars], place) => ({
    id: `a-${place}`,
    at: now() - minutes * MINUTE,
    by_name: "Галина Мельник",
    act,
    conversation: TALK,
    customer,
    organisation: "ООО «Ромашка»",
    specialist_name: "Борис Ким",
    mark: stars === null ? null : { stars, comment: "Вежливо, но долго" },
  }));
  return { rev: rev(), rows, all: rows.length + 12 };
}

const NONE: ReportFigures = {
  asked: 0,
  answered: 0,
  closed: 0,
  cancelled: 0,
  first_p50: null,
  first_p90: null,
  closed_p50: null,
  closed_p90: null,
  rated: 0,
  stars: 0,
  marked: 0,
  head_stars: 0,
};

function figures(asked: number, first: number, stars: number): ReportFigures {
  const closed = Math.round(asked * 0.86);
  return {
    asked,
    answered: Math.round(asked * 0.95),
    closed,
    cancelled: Math.round(asked * 0.03),
    first_p50: first * SPAN,
    first_p90: first * 4 * SPAN,
    closed_p50: first * 14 * SPAN,
    closed_p90: first * 60 * SPAN,
    rated: Math.round(closed / 2),
    stars: Math.round((closed / 2) * stars),
    marked: Math.round(asked / 20),
    head_stars: Math.round(asked / 20) * 4,
  };
}

export function report(ask: ReportAsk, empty: boolean): ReportView {
  const names = {
    [LINE]: "1-я линия · Бухгалтерия",
    "l-2": "2-я линия · Программисты",
    "o-1": "ООО «Ромашка»",
    "o-2": "АО «Научно-производственное объединение „Северные магистральные трубопроводы“»",
    [BORIS]: "Борис Ким",
    [VERA]: "Вера Титова",
  };
  const customers = { all: 38, paid: 31, grace: 2, new: 3, lost: 1, registered: 9, register_p50: 42 * SPAN, register_p90: 1_560 * SPAN };
  const nothing = { lines: [], classes: [], clients: [], products: [], specialists: [], days: [], hours: [], minutes: [] };
  if (empty) return { ask, names, data: { total: NONE, ...nothing, stars: [0, 0, 0, 0, 0], customers } };
  const row = (of: string | null, asked: number, first: number, stars: number) => ({ of, figures: figures(asked, first, stars) });
  const midnight = new Date().setHours(0, 0, 0, 0);
  const days = Array.from({ length: 21 }, (_, place) => {
    const at = midnight - (20 - place) * 86_400_000;
    const weekend = [0, 6].includes(new Date(at).getDay());
    const asked = weekend ? 3 : 24 + ((place * 7) % 13);
    return { at: at * 1000, asked, closed: Math.round(asked * (place > 18 ? 0.5 : 0.9)) };
  });
  const hours = Array.from({ length: 7 * 24 }, (_, place) => {
    const [weekday, hour] = [Math.floor(place / 24), place % 24];
    const busy = hour < 8 || hour > 19 ? 0 : Math.max(0, 14 - Math.abs(hour - 10) * 2 - (hour === 13 ? 6 : 0));
    return { weekday, hour, asked: weekday > 4 ? Math.round(busy / 6) : busy + (weekday === 0 ? 6 : 0) };
  }).filter((one) => one.asked > 0);
  return {
    ask,
    names,
    data: {
      total: figures(486, 3, 4.6),
      lines: [row(LINE, 402, 3, 4.7), row("l-2", 84, 11, 4.2)],
      classes: [row("error", 231, 3, 4.6), row("question", 160, 2, 4.8), row("broken", 61, 1, 4.4), row("wish", 34, 20, 4.1)],
      clients: [row("o-2", 211, 4, 4.5), row("o-1", 190, 3, 4.8), row(null, 85, 5, 4.2)],
      products: [row("Бухгалтерия предприятия", 280, 3, 4.6), row("Управление торговлей", 120, 4, 4.5), row(null, 86, 6, 4.4)],
      specialists: [row(BORIS, 250, 3, 4.8), row(VERA, 210, 4, 4.5), row(null, 26, 0, 0)],
      days,
      hours,
      stars: [3, 5, 14, 61, 126],
      minutes: [
        { organisation: "o-1", minutes: 1_265, drawn: 1_290 },
        { organisation: "o-2", minutes: 740, drawn: 750 },
      ],
      customers,
    },
  };
}

export function search(words: string): SearchView {
  if (words.startsWith("ъ")) return { words, hits: [], building: false };
  return {
    words,
    building: false,
    hits: [
      { id: "client-1", what: { is: "client", person: ANNA, conversation: TALK }, title: "Анна Соколова", note: "ООО «Ромашка»", at: null },
      { id: "client-2", what: { is: "client", person: OLEG, conversation: null }, title: "Олег Панин", note: "ООО «Ромашка»", at: null },
      { id: "organisation-1", what: { is: "organisation", organisation: "o-9" }, title: "ООО «Ромашка-Сервис»", note: "7707083893", at: null },
      {
        id: "talk-1",
        what: { is: "conversation", conversation: TALK },
        title: "Анна Соколова",
        note: "ООО «Ромашка» · Не печатается счёт-фактура",
        at: now() - 2 * MINUTE,
      },
      {
        id: "ticket-1",
        what: { is: "ticket", ticket: "t-1", number: 1042, conversation: TALK },
        title: "Подключить внешнюю печатную форму счёта-фактуры",
        note: "Анна Соколова",
        at: now() - 3_000 * MINUTE,
      },
      {
        id: "message-2",
        what: { is: "note", conversation: TALK },
        title: "Вера Титова · ООО «Ромашка»",
        note: "Форму для «Ромашки» делали мы в сентябре, исходник в общей папке.",
        at: now() - 40 * MINUTE,
      },
      {
        id: "message-1",
        what: { is: "message", conversation: TALK, entry: "m3", order: 9_992 },
        title: "Борис Ким · ООО «Ромашка»",
        note: "…после обновления на 3.0.171 не подключена внешняя печатная форма. Покажете экран? Исправлю за пару минут…",
        at: now() - 17 * MINUTE,
      },
    ],
  };
}

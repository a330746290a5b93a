/** Tables as the owner brings them in, and what they come to. */
import type { ImportView } from "../generated";
import { rev } from "./firm";

type Row = ImportView["rows"][number];

const column = (heading: string, field: ImportView["columns"][number]["field"], ...samples: string[]) => ({ heading, field, samples });

function row(number: number, about: Partial<Pick<Row, "organisation" | "person" | "contract" | "subject">>, outcome: Row["outcome"]): Row {
  return { row: number, organisation: "", person: "", contract: "", subject: "", ...about, outcome, reason: null, against: null, changes: [] };
}

export function table(): ImportView {
  return {
    rev: rev(),
    file: "Клиенты на 1 декабря.xlsx",
    total: 412,
    columns: [
      column("Контрагент", "organisation", "ООО «Ромашка»", "ИП Лис А. А."),
      column("ИНН/КПП", "inn", "7707083893/773601001", "500100732259"),
      column("Контактное лицо", "person", "Анна Соколова", "Алексей Лис"),
      column("Эл. почта", "email", "anna@romashka.ru"),
      column("Телефон", "phone", "+7 495 123-45-67"),
      column("Менеджер", "skip", "Смирнова"),
    ],
    list: "people",
    state: { is: "dry_run" },
    counts: { added: 396, changed: 2, same: 12, wrong: 2 },
    rows: [
      { ...row(17, { organisation: "ООО «Василёк»", person: "Пётр Сомов" }, "wrong"), reason: "inn_digits" },
      { ...row(203, { organisation: "", person: "Ирина Заяц" }, "wrong"), reason: "no_organisation" },
      {
        ...row(2, { organisation: "ООО «Ромашка»", person: "Анна Соколова" }, "changed"),
        changes: [{ field: "phone", before: "+7 495 123-45-67", after: "+7 495 765-43-21" }],
      },
      {
        ...row(3, { organisation: "ИП Лис А. А.", person: "Алексей Лис" }, "added"),
        changes: [{ field: "organisation", before: "", after: "ИП Лис А. А." }],
      },
      row(4, { organisation: "ООО «Ромашка»", person: "Олег Панин" }, "same"),
    ],
  };
}

/** The same of a list of contracts. */
export function contractTable(): ImportView {
  return {
    rev: rev(),
    file: "Договоры на 2026 год.xlsx",
    total: 87,
    columns: [
      column("№ договора", "contract", "О-15/26", "О-16/26"),
      column("Контрагент", "organisation", "ООО «Ромашка»", "ИП Лис А. А."),
      column("Тариф", "level", "Золотой", "Серебряный"),
      column("Дата начала", "from", "01.01.2026"),
      column("Дата окончания", "to", "31.12.2026", "бессрочно"),
      column("Вид", "kind", "по часам", "абонентское"),
      column("Объём", "amount", "10,5"),
      column("Период", "every", "ежемесячно"),
    ],
    list: "contracts",
    state: { is: "dry_run" },
    counts: { added: 80, changed: 1, same: 4, wrong: 2 },
    rows: [
      { ...row(9, { contract: "О-22/26", organisation: "ООО «Василёк»" }, "wrong"), reason: "date" },
      { ...row(31, { contract: "О-15/26", organisation: "ООО «Ромашка»" }, "wrong"), reason: "contract_twice", against: 2 },
      {
        ...row(2, { contract: "О-15/26", organisation: "ООО «Ромашка»" }, "changed"),
        changes: [
          { field: "to", before: "2026-12-31", after: "2027-12-31" },
          { field: "kind", before: "flat", after: "hours" },
          { field: "amount", before: "", after: "10:30" },
          { field: "every", before: "", after: "month" },
        ],
      },
      row(3, { contract: "О-16/26", organisation: "ИП Лис А. А." }, "same"),
    ],
  };
}

/** The same of a list of tickets out of another program. */
export function ticketTable(): ImportView {
  return {
    rev: rev(),
    file: "issues.csv",
    total: 143,
    columns: [
      column("#", "ticket", "771", "772"),
      column("Трекер", "tracker", "Ошибка", "Улучшение"),
      column("Статус", "status", "Новая", "Закрыта"),
      column("Приоритет", "priority", "Нормальный", "Высокий"),
      column("Тема", "subject", "Не печатает счёт-фактуру"),
      column("Автор", "person", "Анна Соколова"),
      column("Организация", "organisation", "ООО «Ромашка»"),
      column("Назначена", "skip", "Смирнова"),
      column("Срок", "due", "31.12.2026"),
    ],
    list: "tickets",
    state: { is: "dry_run" },
    counts: { added: 38, changed: 1, same: 2, wrong: 102 },
    rows: [
      { ...row(4, { subject: "Обмен с банком падает ночью", person: "Ирина Заяц" }, "wrong"), reason: "unknown_person" },
      { ...row(5, { subject: "Старый отчёт по НДС", person: "Анна Соколова" }, "wrong"), reason: "over" },
      { ...row(9, { subject: "Не печатает счёт-фактуру", person: "Анна Соколова" }, "wrong"), reason: "ticket_twice", against: 2 },
      {
        ...row(2, { subject: "Не печатает счёт-фактуру", person: "Анна Соколова" }, "changed"),
        changes: [
          { field: "priority", before: "normal", after: "high" },
          { field: "due", before: "", after: "2026-12-31" },
        ],
      },
      {
        ...row(3, { subject: "Отчёт по складу за месяц", person: "Анна Соколова" }, "added"),
        changes: [{ field: "tracker", before: "", after: "wish" }],
      },
    ],
  };
}

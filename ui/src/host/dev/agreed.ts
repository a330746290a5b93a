/** Hours and contracts of the scripted firm. */
import type { Calendar, ContractsView, ContractView, ContractWord, HoursView, OrganisationContracts, TalkContract } from "../generated";
import { LINE, MINUTE, now, people, rev, TALK } from "./firm";

const DAY = 1440 * MINUTE;

export function calendar(): Calendar {
  const day = () => [
    { from: 540, to: 780 },
    { from: 840, to: 1080 },
  ];
  return {
    zone: "Europe/Moscow",
    week: [day(), day(), day(), day(), [{ from: 540, to: 960 }], [{ from: 600, to: 840 }], []],
    holidays: [
      { month: 1, day: 1, name: "Новый год" },
      { month: 1, day: 7, name: "Рождество Христово" },
      { month: 2, day: 23, name: "День защитника Отечества" },
      { month: 5, day: 9, name: "День Победы" },
    ],
    exceptions: [
      { day: "2026-12-31", instead: { is: "closed" }, note: "Перенос с 4 января" },
      { day: "2026-12-30", instead: { is: "open", openings: [{ from: 540, to: 960 }] }, note: "" },
    ],
  };
}

export function hours(): HoursView {
  const usual = calendar();
  const extra = [
    { month: 3, day: 8, name: "Международный женский день" },
    { month: 6, day: 12, name: "День России" },
  ];
  return {
    rev: rev(),
    lines: people().lines.map((line, at) => ({
      line: line.id,
      name: line.name,
      calendar: at === 0 ? calendar() : null,
      now: at === 0 ? { is: "open", until: now() + 150 * MINUTE } : { is: "open", until: null },
      offset_minutes: -new Date().getTimezoneOffset(),
    })),
    until: null,
    usual: { ...usual, exceptions: [], holidays: [...usual.holidays, ...extra] },
  };
}

/** Ten hours on the first line; `days` to the last one, `left` minutes of 600. */
export function contract(word: ContractWord, days: number, left: number): ContractView {
  const date = (at: number) => new Date(at / 1000).toISOString().slice(0, 10);
  const ends = now() + days * DAY;
  return {
    contract: {
      id: "k-1",
      organisation: "o-1",
      number: "С-17/2026",
      level: { name: "Стандарт", rank: 2 },
      zone: "Europe/Moscow",
      from: date(now() - 300 * DAY),
      to: date(ends),
      paid: true,
      grace_days: 10,
      kind: { is: "hours", minutes: 600, every: "term" },
      step: 15,
      entitlements: [{ line: LINE, channels: ["chat", "remote"], urgent: true }],
    },
    word,
    begins: now() - 300 * DAY,
    ends,
    grace_until: word === "grace" ? now() + 5 * DAY : null,
    days_left: days,
    left: { is: "minutes", left, of: 600 },
    refills: null,
  };
}

export function contracts(customer: boolean): ContractsView {
  const own: OrganisationContracts = {
    organisation: "o-1",
    name: "ООО «Ромашка»",
    word: "good",
    contracts: [contract("good", 120, 380)],
    renewal: null,
  };
  const flat = contract("grace", -3, 0);
  const others: OrganisationContracts[] = [
    {
      organisation: "o-2",
      name: "АО «Научно-производственное объединение „Северные магистральные трубопроводы“»",
      word: "grace",
      contracts: [
        { ...flat, left: null, contract: { ...flat.contract, id: "k-2", number: "С-3", kind: { is: "flat" } } },
        { ...contract("over", -400, 600), contract: { ...flat.contract, id: "k-3", number: "С-1", kind: { is: "services" } }, left: null },
      ],
      renewal: null,
    },
    { organisation: "o-3", name: "ИП Ким И. С.", word: null, contracts: [], renewal: null },
  ];
  return {
    rev: rev(),
    organisations: customer ? [own] : [own, ...others],
    serve_without: true,
    asking: customer
      ? [{ organisation: "o-1", name: "ООО «Ромашка»", word: "good", lines: people().lines.map((line) => ({ line: line.id, no: null })) }]
      : [],
    until: null,
  };
}

export function talkContract(): TalkContract {
  return {
    rev: rev(),
    conversation: TALK,
    organisation: "o-1",
    contract: contract("good", 120, 380),
    serve_without: true,
    urgent: true,
    no_screen: null,
    suggested: 18,
    noted: null,
    session: null,
  };
}

/** The scripted firm hands talks over, writes notes, asks a vendor. Only in development and the gallery. */
import type {
  BesideView,
  ColleagueView,
  Commands,
  EntryView,
  InvitationsView,
  InvitationView,
  TransfersView,
  TransferView,
  VendorThread,
} from "../generated";
import { ANNA, ask, BORIS, file, GALINA, message, MINUTE, now, OLEG, rev, TALK, VERA } from "./firm";

const BRIEF = {
  problem: "После обновления на 3.0.171 не печатается счёт-фактура: внешняя форма ссылается на старый макет.",
  tried: "Переподключил форму, очистил кеш. Платформа 8.3.27 подходит.",
  mood: "pressed" as const,
};

function handing(id: string, by: string, by_name: string, minutesAgo: number, what: EntryView["what"]): EntryView {
  return { id, order: 10_000 - minutesAgo, at: now() - minutesAgo * MINUTE, by, by_name, mine: by === BORIS, what };
}

const picture = () =>
  message("p1", ANNA, false, 25, "Вот что показывает", { file: file("screen-14-17.png", 86_016, { mime: "image/png", picture: [640, 360] }) });

export function offered(from: string, to: string): TransferView {
  return {
    id: "tr-1",
    conversation: TALK,
    from,
    to,
    brief: BRIEF,
    picked: [picture(), message("p2", ANNA, false, 19, "Отчётность сдаём до шести, очень нужно сегодня.")],
    stays: true,
    screen: true,
    customer: "Анна Соколова",
    organisation: "ООО «Ромашка»",
    ask,
    left_ms: 141_000,
    life_ms: 180_000,
  };
}

export interface Handing {
  transfers: TransfersView;
  beside: BesideView;
  vendor: VendorThread;
  colleagues: ColleagueView[];
  invitations: InvitationsView;
}

/** An invitation into Anna's talk; a contact person learns nothing of it before coming in. */
export function invited(name: string, staff: boolean): InvitationView {
  return {
    id: "in-1",
    conversation: TALK,
    name,
    by: "Борис Ким",
    words: staff ? "Форму для «Ромашки» делали вы. Посмотрите, пожалуйста, макет." : "Нужен доступ к складу: вы его ведёте.",
    customer: staff ? "Анна Соколова" : "",
    organisation: staff ? "ООО «Ромашка»" : "",
    subject: staff ? "Не печатается счёт-фактура" : "",
    left_ms: 8 * 60_000,
    life_ms: 10 * 60_000,
  };
}

export function handingOf(): Handing {
  const person = (id: string, name: string, staff: boolean, about: string, active: number, inside = false): ColleagueView => ({
    person: id,
    name,
    staff,
    about,
    inside,
    asked: false,
    active,
    available: staff ? id !== "p-ilya" : null,
  });
  return {
    transfers: { rev: rev(), incoming: [], outgoing: [], told: [] },
    invitations: { rev: rev(), incoming: [], outgoing: [], told: [] },
    beside: {
      rev: rev(),
      conversation: TALK,
      writable: true,
      lines: [
        message("n1", VERA, false, 40, "Форму для «Ромашки» делали мы в сентябре, исходник в общей папке."),
        handing("n2", BORIS, "Борис Ким", 12, { is: "handing", what: "offered", name: "Вера Титова", brief: BRIEF }),
        handing("n3", VERA, "Вера Титова", 11, { is: "handing", what: "ended", how: { is: "declined", reason: "Ухожу на обед, вернусь в 14:00" } }),
        message("n4", BORIS, true, 4, "Тогда доделаю сам."),
      ],
    },
    vendor: { rev: rev(), row: null, lines: [], handed: [] },
    colleagues: [
      person(VERA, "Вера Титова", true, "1-я линия · Бухгалтерия, 2-я линия · Программисты", 1),
      person("p-ilya", "Илья Константинопольский-Преображенский", true, "2-я линия · Программисты", 0),
      person("p-nina", "Нина Орлова", true, "1-я линия · Бухгалтерия", 4, true),
      person(OLEG, "Олег Панин", false, "ООО «Ромашка»", 0),
    ],
  };
}

export function asked(vendorSide: boolean): VendorThread {
  const title = vendorSide ? "Север-Софт" : "АО «Платформа»";
  const subject = "Падает печать счёта-фактуры после 3.0.171: известна ли ошибка?";
  const last = "Да, исправлено в 3.0.172. До неё поможет вложенный макет.";
  const lines: EntryView[] = [
    { ...handing("v1", BORIS, "Борис Ким", 30, { is: "handing", what: "escalated", name: "АО «Платформа»", question: subject }), mine: !vendorSide },
    { ...message("v2", ANNA, false, 25, "Пишет «Макет не найден», вчера всё работало."), by_name: "Анна Соколова" },
    { ...picture(), id: "v3", by_name: "Анна Соколова" },
    {
      ...message("v4", "p-igor", vendorSide, 9, last, { file: file("макет-171.epf", 48_000, { dangerous: true, state: { is: "offered" } }) }),
      by_name: "Игорь Лунин",
    },
  ];
  return {
    rev: rev(),
    row: { conversation: TALK, title, subject, last, at: now() - 9 * MINUTE, open: true },
    lines,
    handed: ["v2", "v3"],
  };
}

/** What Galina, who looks in, writes to Boris. */
export const whispered = () => message("n5", GALINA, false, 1, "Спросите, чья печатная форма: наша сентябрьская в 3.0.171 не работает.");

type Answers = { [C in keyof Commands]?: (args: Commands[C]["args"]) => Commands[C]["reply"] };

/** Answers of the script; `tell` says that something changed. */
export function handingAnswers(
  made: Handing,
  role: string,
  tell: { transfers: (view: TransfersView) => void; beside: () => void; vendor: () => void },
): Answers {
  const offer = (to: string) => {
    made.transfers = { ...made.transfers, rev: rev(), outgoing: [offered("Борис Ким", to)] };
    tell.transfers(made.transfers);
    return made.transfers;
  };
  const clear = () => {
    made.transfers = { rev: rev(), incoming: [], outgoing: [], told: [] };
    tell.transfers(made.transfers);
    return made.transfers;
  };
  const say = (text: string) => {
    made.vendor = { ...made.vendor, rev: rev(), lines: [...made.vendor.lines, message(`v-${rev()}`, BORIS, true, 0, text)] };
    tell.vendor();
    return made.vendor;
  };
  const me = role === "supervisor" || role === "owner" ? GALINA : BORIS;
  return {
    transfers: () => made.transfers,
    offer_talk: ({ to }) => offer(made.colleagues.find((one) => one.person === to)?.name ?? ""),
    queue_talk: clear,
    decline_talk: clear,
    cancel_transfer: clear,
    read_told: clear,
    colleagues: () => made.colleagues,
    beside: () => made.beside,
    write_note: ({ text }) => {
      made.beside = { ...made.beside, rev: rev(), lines: [...made.beside.lines, message(`n-${rev()}`, me, true, 0, text)] };
      tell.beside();
      return made.beside;
    },
    vendors: () => [{ id: "o-platform", name: "АО «Платформа»" }],
    make_vendor: ({ name }) => [
      { id: "o-platform", name: "АО «Платформа»" },
      { id: "o-new", name },
    ],
    vendor_rows: () => ({ rev: rev(), rows: made.vendor.row ? [made.vendor.row] : [] }),
    vendor_thread: () => made.vendor,
    escalate: () => (made.vendor = asked(role === "vendor")),
    hand_over: () => made.vendor,
    say_to_vendor: ({ text }) => say(text),
    file_to_vendor: () => made.vendor,
    settle_vendor: () => (made.vendor = { ...made.vendor, rev: rev(), row: made.vendor.row && { ...made.vendor.row, open: false } }),
    quote_vendor: ({ text }) => message(`q-${rev()}`, BORIS, true, 0, text),
  };
}

/** Named states of the scripted firm: `?state=offline,stuck` applies several, in order. */
import type {
  AppView,
  BoardView,
  ContractsView,
  ConversationRow,
  ConversationView,
  DevicesView,
  HomeView,
  HoursView,
  ImportView,
  MakeTicket,
  PeopleView,
  QueueView,
  RoutingView,
  RunningView,
  SessionView,
  StaffView,
  TalkContract,
  ViewerView,
  WayView,
} from "../generated";
import { contract, contracts, hours, talkContract } from "./agreed";
import { ANNA, app, ask, devices, home, live, MINUTE, now, offer, people, queue, rows, session, talk } from "./firm";
import { contractTable, table, ticketTable } from "./tables";
import { board } from "./desk";
import { asked as askedVendor, type Handing, handingOf, invited, offered, whispered } from "./handing";
import { declared, routing, staff, way } from "./routing";
import { running } from "./running";
import { type Ticketing, ticketing } from "./ticket-answers";
import { draftTicket, setup, tickets } from "./tickets";

export interface World {
  me: string;
  app: AppView;
  home: HomeView;
  queue: QueueView;
  staff: StaffView;
  routing: RoutingView;
  way: WayView;
  rows: ConversationRow[];
  talk: ConversationView;
  tickets: Ticketing;
  people: PeopleView;
  devices: DevicesView;
  table: ImportView | null;
  running: RunningView;
  session: SessionView | null;
  viewer: ViewerView;
  board: BoardView;
  /** Nothing happened: no trail, no requests in a report. */
  quiet: boolean;
  typing: string | null;
  hours: HoursView;
  contracts: ContractsView;
  talkContract: TalkContract;
  handing: Handing;
  /** The stream of frames: `pictures`, `none` (never comes), `broken` (refused after the first). */
  stream: "pictures" | "none" | "broken";
}

type Role = "customer" | "specialist" | "supervisor" | "owner" | "vendor" | "none";

export function world(role: Role, me: string): World {
  const firm = ticketing(setup());
  return {
    me,
    app: app(role),
    home: home(),
    queue: queue(),
    staff: staff(me),
    routing: routing(),
    way: way("r-anna"),
    rows: rows(me),
    talk: { ...talk(me), tickets: firm.rows.slice(0, 3) },
    tickets: firm,
    people: people(),
    devices: devices(),
    table: null,
    running: running(),
    session: null,
    board: board(),
    quiet: false,
    typing: null,
    hours: hours(),
    contracts: contracts(role === "customer"),
    talkContract: talkContract(),
    handing: handingOf(),
    stream: "pictures",
    viewer: { session: "s-1", width: 1280, height: 720, codec: "vp8", pointer: [30_000, 28_000], cursor: null, notice: null },
  };
}

/** The customer's open request, at the given place. */
function request(made: World, state: NonNullable<HomeView["request"]>["state"], ahead: number | null): void {
  made.home.request = {
    id: "r-anna",
    conversation: made.talk.row.id,
    class: "error",
    program: ask.program,
    description: ask.description,
    state,
    since: now() - 3 * MINUTE,
    ahead,
    specialists: ahead === null ? null : 3,
    line: ask.line,
    callback: null,
    wait: ahead === null ? null : { from: 3, to: 7 },
    why: ahead === null ? null : { is: "all_busy" },
  };
}

function share(made: World, view: SessionView): void {
  made.session = view;
  made.talk.session = view;
  made.talk.row = { ...made.talk.row, sharing: view.state === "live" };
  made.rows = made.rows.map((row) => (row.id === made.talk.row.id ? made.talk.row : row));
}

function word(made: World, view: ReturnType<typeof contract>): void {
  const own = made.contracts.organisations[0];
  if (own) Object.assign(own, { word: view.word, contracts: [view] });
  made.talkContract = { ...made.talkContract, contract: view };
}

/** A form of a ticket in which nothing is written. */
const BLANK: MakeTicket = {
  conversation: null,
  message: null,
  session: null,
  subject: "",
  description: "",
  kind: "error",
  tracker: null,
  priority: "normal",
  files: [],
  customer: null,
  organisation: null,
  category: null,
  product: "",
  release: "",
  due: null,
  visibility: { to: "private" },
  custom: {},
  joins: null,
  draft: null,
};

export const scenes: Record<string, (made: World) => void> = {
  "new-desk": (made) => {
    const all = made.people;
    made.people = { ...all, lines: [], organisations: [], people: all.people.slice(0, 1), groups: [], own_specialists: [] };
  },
  "first-line": (made) => {
    const all = people();
    made.people = { ...all, organisations: [], people: all.people.slice(0, 1), groups: [], own_specialists: [] };
  },
  table: (made) => {
    made.table = table();
  },
  "contract-table": (made) => {
    made.table = contractTable();
  },
  "ticket-table": (made) => {
    made.table = ticketTable();
  },
  imported: (made) => {
    made.table = { ...table(), state: { is: "done" } };
  },
  colleagues: (made) => {
    const at = (id: string, who: string, subject: string, taken: boolean, over: boolean) => {
      return { id, who, organisation: "ООО «Ромашка»", subject, line: "1-я линия", since: now() - 50 * MINUTE, taken, over };
    };
    made.home.colleagues = [
      at("r-1", "Олег Панин", "Не проходит обмен с банком", true, false),
      at("r-2", "Ирина Заяц", "Как закрыть месяц?", false, false),
      at("r-3", "Олег Панин", "Печать счёта-фактуры", true, true),
    ];
  },
  "mail-failed": (made) => {
    made.running.mail_failed = "permanent error (550): 5.1.1 <anna@romashka.ru>: Recipient address rejected: User unknown in virtual mailbox table";
  },
  incoming: (made) => {
    made.handing.transfers.incoming = [offered("Вера Титова", "Борис Ким")];
  },
  invited: (made) => {
    const staff = made.app.account?.role !== "customer";
    made.handing.invitations.incoming = [invited(staff ? "Борис Ким" : "Анна Соколова", staff)];
  },
  "asked-in": (made) => {
    const about = { conversation: made.talk.row.id, name: "Илья Константинопольский-Преображенский" };
    made.handing.invitations.outgoing = [invited("Вера Титова", true)];
    made.handing.invitations.told = [{ ...about, id: "in-0", how: { is: "declined", reason: "Ухожу на обед, вернусь в 14:00" } }];
  },
  outgoing: (made) => {
    made.handing.transfers.outgoing = [offered("Борис Ким", "Вера Титова")];
  },
  told: (made) => {
    const about = { conversation: made.talk.row.id, to: "Вера Титова", customer: "Анна Соколова" };
    made.handing.transfers.told = [{ ...about, id: "tr-0", how: { is: "declined", reason: "Ухожу на обед, вернусь в 14:00" } }];
  },
  whispered: (made) => {
    made.handing.beside.lines = [...made.handing.beside.lines, whispered()];
    made.talk.row = { ...made.talk.row, notes: 1 };
    made.rows = made.rows.map((row) => (row.id === made.talk.row.id ? made.talk.row : row));
  },
  handed: (made) => {
    const last = made.talk.entries.at(-1);
    if (!last) return;
    made.talk.handing = "Вера Титова";
    const what = { is: "handing", what: "announced", name: "Вера Титова" } as const;
    made.talk.entries = [...made.talk.entries, { ...last, id: "e-announced", order: last.order + 1, what }];
  },
  asked_vendor: (made) => {
    made.handing.vendor = askedVendor(made.app.account?.role === "vendor");
  },
  offline: (made) => {
    made.app.link = { is: "offline", code: "desk_unreachable" };
    made.app.waiting = 2;
  },
  "code-ask": (made) => {
    made.app.link = { is: "offline", code: "code_needed" };
  },
  connecting: (made) => {
    made.app.link = { is: "connecting" };
  },
  stuck: (made) => {
    made.app.stuck = [{ id: "op-1", code: "file_too_large", what: "message", excerpt: "Архив базы за октябрь.zip" }];
  },
  proposed: (made) => {
    made.app.proposed_invite = "opora://192.168.1.20:7443/join#1.Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4";
  },
  tickets: (made) => {
    made.tickets.rows = [draftTicket(), ...made.tickets.rows];
    made.home.tickets = made.tickets.rows.slice(0, 4);
  },
  "own-tickets": (made) => {
    made.home.tickets = made.tickets.rows.slice(0, 3);
  },
  "many-tickets": (made) => {
    made.tickets.rows = tickets(50_000);
  },
  "no-tickets": (made) => {
    made.tickets.rows = [];
  },
  drafts: (made) => {
    const { drafts } = made.tickets;
    const form = { ...BLANK, subject: "Касса не печатает чек коррекции", description: "После обновления до 3.0.150 чек коррекции висит в очереди." };
    const file = { name: "журнал ККТ.txt", size: 48_000, hash: "kkt" };
    drafts.push({ id: "d-1", form: { ...form, draft: "d-1" }, files: [file], at: now() - 12 * MINUTE });
    drafts.push({ id: "d-2", form: { ...BLANK, draft: "d-2" }, files: [], at: now() - 3 * 24 * 60 * MINUTE });
  },
  "refused-tickets": (made) => {
    made.tickets.refused = true;
  },
  "kept-lists": (made) => {
    const filter = { text: "", statuses: [], open: true, kinds: [], trackers: [], priorities: [], categories: [], lines: [], organisations: ["o-1"] };
    const all = { ...filter, customer: null, assignee: { is: "any" as const }, lights: [], watched: false, from: null, before: null };
    const ask = { filter: all, sort: { by: "deadline" as const, down: false }, group: "assignee" as const, from: 0, count: 0 };
    made.tickets.lists = { lists: [{ name: "Ромашка", ask, columns: [] }] };
  },
  waiting: (made) => request(made, { is: "waiting" }, 1),
  "lunch-wait": (made) => {
    request(made, { is: "waiting" }, 0);
    if (made.home.request) {
      made.home.request.wait = null;
      made.home.request.why = { is: "lunch", until: new Date().setHours(13, 0, 0, 0) * 1000 };
    }
    made.queue.on_line = false;
    made.staff = declared(made.staff, "lunch", 45 * 60);
  },
  held: (made) => {
    made.way.held = true;
  },
  local: (made) => request(made, null, null),
  accepted: (made) => request(made, { is: "accepted", by: "p-boris" }, null),
  offer: (made) => {
    made.queue.offers = [offer()];
  },
  quiet: (made) => {
    made.quiet = true;
    made.board = {
      ...made.board,
      lines: [],
      talks: [],
      people: made.board.people.slice(0, 1),
      day: { ...made.board.day, asked: 0, answered: 0, closed: 0, first_p50: null, first_p90: null, rated: 0, stars: 0 },
    };
  },
  talking: (made) => {
    made.board = { ...made.board, talks: made.board.talks.filter((one) => one.state.is === "accepted") };
  },
  dark: (made) => {
    made.app.link = { is: "offline", code: "desk_unreachable" };
    made.board = { ...made.board, live: false };
  },
  off: (made) => {
    made.queue.on_line = false;
    made.staff = declared(made.staff, "off", null);
    made.queue.waiting = [];
    made.rows = [];
  },
  asked: (made) => share(made, session(made.me === ANNA)),
  "goes-on": (made) =>
    share(made, { ...session(made.me === ANNA), helper: "Вера Титова", after: "Борис Ким", asked: ["view", "pointer", "keyboard"] }),
  live: (made) => share(made, live(made.me === ANNA)),
  "view-only": (made) => share(made, { ...live(made.me === ANNA), allowed: ["view", "point"] }),
  notice: (made) => {
    made.viewer.notice = "not_allowed";
  },
  unverified: (made) => share(made, { ...session(made.me === ANNA), verified: false }),
  "no-key": (made) => share(made, { ...live(made.me === ANNA), stop_key: false }),
  lost: (made) => {
    share(made, live(made.me === ANNA));
    made.stream = "broken";
  },
  silent: (made) => {
    share(made, { ...live(made.me === ANNA), connected: false });
    made.stream = "none";
  },
  "no-codec": (made) => {
    share(made, live(made.me === ANNA));
    made.viewer.codec = "av99.none";
  },
  spent: (made) => {
    made.talkContract = { ...made.talkContract, session: { session: "s-1", suggested: 25, noted: null } };
  },
  ended: (made) => share(made, { ...live(made.me === ANNA), state: "ended", connected: false, ended: "stopped_by_customer" }),
  closed: (made) => {
    made.talk.row = { ...made.talk.row, state: { is: "closed" } };
    made.rows = made.rows.map((row) => (row.id === made.talk.row.id ? made.talk.row : row));
    made.home.conversations = [made.talk.row, ...made.home.conversations];
  },
  lunch: (made) => {
    for (const line of made.hours.lines) line.now = { is: "break", until: now() + 30 * MINUTE };
  },
  night: (made) => {
    for (const line of made.hours.lines) line.now = { is: "closed", until: now() + 14 * 60 * MINUTE, why: "" };
  },
  elsewhere: (made) => {
    for (const line of made.hours.lines) line.offset_minutes += 120;
  },
  callback: (made) => {
    if (made.home.request) made.home.request.callback = { phone: "+7 812 555-01-23", when: { is: "soon" } };
    const first = made.queue.waiting[0];
    if (first) first.callback = { phone: "+7 812 555-01-23, доб. 14", when: { is: "at", at: now() + 90 * MINUTE } };
  },
  expired: (made) => {
    word(made, contract("over", -20, 380));
    made.contracts.asking = made.contracts.asking.map((one) => ({
      ...one,
      word: "over",
      lines: one.lines.map((line) => ({ ...line, no: { why: { is: "over", since: now() }, lines: [], channels: [] } })),
    }));
    made.talkContract.no_screen = { why: { is: "over", since: now() }, lines: [], channels: [] };
  },
  twofirms: (made) => {
    const [main] = made.contracts.asking;
    if (main)
      made.contracts.asking.push({
        ...main,
        organisation: "o-2",
        name: "АО «Научно-производственное объединение „Северные магистральные трубопроводы“»",
        word: "grace",
      });
    const hours = contract("low", 200, 95);
    const flat = contract("good", 120, 0);
    made.contracts.organisations.push({
      organisation: "o-2",
      name: "АО «Научно-производственное объединение „Северные магистральные трубопроводы“»",
      word: "low",
      contracts: [{ ...hours, contract: { ...hours.contract, id: "k-2", organisation: "o-2" } }],
      renewal: null,
    });
    const own = made.contracts.organisations[0];
    if (own) own.contracts = [{ ...flat, left: null, contract: { ...flat.contract, kind: { is: "flat" } } }];
  },
  soon: (made) => word(made, contract("soon", 7, 380)),
  low: (made) => word(made, contract("low", 200, 95)),
  renewal: (made) => {
    const own = made.contracts.organisations[0];
    if (own)
      own.renewal = {
        by_name: "Анна Соколова",
        mine: made.me === ANNA,
        comment: "Хотим продлить на год, добавьте, пожалуйста, вторую линию.",
        at: now(),
      };
  },
  rated: (made) => {
    made.talk.rating = { stars: 5, comment: "Быстро и понятно." };
    made.talk.mark = { stars: 4, comment: "Хорошо, что показали, где это настраивается." };
  },
  typing: (made) => {
    made.typing = made.me === ANNA ? "Борис Ким" : "Анна Соколова";
  },
  marks: (made) => {
    const last = made.talk.entries.at(-1);
    if (!last) return;
    const own = (id: string, mark: "waiting" | "sending" | "sent" | "stuck", text: string) => ({
      ...last,
      id,
      order: last.order + 100,
      mine: true,
      by: made.me,
      at: now(),
      what: { is: "message" as const, message: id, text, reply: null, file: null, mark, stuck: mark === "stuck" ? ("too_long" as const) : null },
    });
    made.talk.entries = [
      ...made.talk.entries,
      own("w1", "sent", "Это дошло."),
      own("w2", "sending", "Это отправляется."),
      own("w3", "waiting", "Это ждёт сети."),
      own("w4", "stuck", "А это не приняли."),
    ];
  },
  files: (made) => {
    const base = made.talk.entries.find((entry) => entry.id === "m3");
    if (!base || base.what.is !== "message" || !base.what.file) return;
    const { what } = base;
    const plain = { ...base.what.file, dangerous: false };
    const theirs = {
      ...base,
      mine: false,
      by: made.me === ANNA ? "p-boris" : "p-anna",
      by_name: made.me === ANNA ? "Борис Ким" : "Анна Соколова",
      at: now(),
    };
    const own = { ...base, mine: true, by: made.me, at: now() };
    const add = (as: typeof base, id: string, file: Partial<typeof plain>) => ({
      ...as,
      id,
      order: 20_000 + Number(id.slice(1)),
      what: { ...what, message: id, text: "", file: { ...plain, ...file } },
    });
    made.talk.entries = [
      ...made.talk.entries,
      add(theirs, "f1", { name: "Акт сверки за октябрь.pdf", size: 4_812_000, state: { is: "offered" } }),
      add(theirs, "f2", { name: "База.dt", size: 734_000_000, state: { is: "receiving", done: 212_000_000 } }),
      add(theirs, "f3", { name: "setup.exe", size: 18_000_000, dangerous: true, state: { is: "here" } }),
      add(theirs, "f4", { name: "Отчёт.xlsx", size: 88_000, state: { is: "failed", code: "file_damaged" } }),
      add(own, "f5", { name: "инструкция по настройке обмена с банком.docx", size: 1_200_000, state: { is: "sending", done: 700_000 } }),
    ];
  },
};

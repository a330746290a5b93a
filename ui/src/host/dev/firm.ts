/** The scripted firm: one afternoon at «Север-Софт», as the core would show it. Only in development and the gallery. */
import type {
  AppView,
  Ask,
  ConversationRow,
  ConversationView,
  DevicesView,
  EntryView,
  FileView,
  HomeView,
  MachineView,
  MessageView,
  PeopleView,
  QueueRow,
  QueueView,
  SessionView,
} from "../generated";

export const MINUTE = 60_000_000;
export const now = () => Date.now() * 1000;

let counter = 100;
export const rev = () => (counter += 1);

export const ANNA = "p-anna",
  OLEG = "p-oleg",
  BORIS = "p-boris",
  VERA = "p-vera",
  GALINA = "p-galina",
  MARIA = "p-maria";
export const LINE = "l-1";
export const TALK = "c-anna";
export const SESSION = "s-1";

export const ask: Ask = {
  line: LINE,
  class: "error",
  program: { name: "Бухгалтерия предприятия", release: "3.0.171.24" },
  description: "Не печатается счёт-фактура, пишет «Макет не найден». Вчера всё работало, сегодня после обновления перестало.",
  facts: [
    { kind: "system", value: "Windows 11 Pro 23H2" },
    { kind: "memory", value: "16 ГБ, свободно 5 ГБ" },
    { kind: "disk", value: "C: занято 71 % из 476 ГБ" },
    { kind: "screen", value: "1920 × 1080, 100 %" },
    { kind: "platform", value: "8.3.27.1508" },
    { kind: "opora", value: "0.1.0" },
  ],
};

export const machine: MachineView = {
  facts: [...ask.facts.slice(0, 1), { kind: "computer", value: "ANNA-PC" }, ...ask.facts.slice(1)],
  programs: [
    { program: ask.program, running: true },
    { program: { name: "Зарплата и управление персоналом", release: "3.1.32.14" }, running: false },
    { program: { name: "Управление торговлей, ред. 11 (база для проверки обновлений отдела снабжения)", release: "11.5.21.88" }, running: false },
  ],
};

export function app(role: "customer" | "specialist" | "supervisor" | "owner" | "vendor" | "none"): AppView {
  const names = {
    customer: "Анна Соколова",
    specialist: "Борис Ким",
    owner: "Галина Мельник",
    supervisor: "Галина Мельник",
    vendor: "Игорь Лунин",
  };
  return {
    rev: rev(),
    account:
      role === "none"
        ? null
        : {
            person: role === "customer" ? ANNA : role === "owner" || role === "supervisor" ? GALINA : BORIS,
            name: names[role],
            role,
            desk_name: "Север-Софт",
            organisation: role === "customer" ? "ООО «Ромашка»" : role === "vendor" ? "АО «Платформа»" : "Север-Софт",
          },
    link: role === "none" ? { is: "none" } : { is: "online" },
    own_desk: role === "owner" ? { address: "192.168.1.20:7443" } : null,
    settings: {
      language: "ru",
      theme: "light",
      zoom: 100,
      notifications: true,
      sounds: true,
      autostart: false,
      key_store: "keyring",
      stop_key: "Ctrl+Alt+End",
      version: "0.1.0",
    },
    proposed_invite: null,
    stuck: [],
    waiting: 0,
  };
}

const NAMES: Record<string, string> = { [ANNA]: "Анна Соколова", [BORIS]: "Борис Ким", [VERA]: "Вера Титова", [GALINA]: "Галина Мельник" };

export function file(name: string, size: number, more: Partial<FileView> = {}): FileView {
  return { name, size, hash: "00", mime: "application/octet-stream", picture: null, dangerous: false, state: { is: "here" }, ...more };
}

export function message(id: string, by: string, mine: boolean, minutesAgo: number, text: string, more: Partial<MessageView> = {}): EntryView {
  return {
    id,
    order: 10_000 - minutesAgo,
    at: now() - minutesAgo * MINUTE,
    by,
    by_name: NAMES[by] ?? by,
    mine,
    what: { is: "message", message: id, text, reply: null, file: null, mark: mine ? "seen" : "sent", stuck: null, ...more },
  };
}

function happened(id: string, by: string, mine: boolean, minutesAgo: number, what: EntryView["what"]): EntryView {
  return { id, order: 10_000 - minutesAgo, at: now() - minutesAgo * MINUTE, by, by_name: NAMES[by] ?? by, mine, what };
}

/** The talk of Anna and Boris; `me` is whose window it is. */
export function talk(me: string): ConversationView {
  const mine = (who: string) => who === me;
  const say = (id: string, by: string, minutes: number, text: string, more: Partial<MessageView> = {}) =>
    message(id, by, mine(by), minutes, text, more);
  return {
    row: row(me),
    request: "r-anna",
    ask,
    line_name: "1-я линия",
    members: [
      { person: ANNA, name: "Анна Соколова", organisation: "ООО «Ромашка»", staff: false, me: mine(ANNA), present: true },
      { person: BORIS, name: "Борис Ким", organisation: "Север-Софт", staff: true, me: mine(BORIS), present: true },
    ],
    entries: [
      happened("e1", ANNA, mine(ANNA), 1500, { is: "opened", ask }),
      say("m0", ANNA, 1498, "", { file: file("screen-14-17.png", 86_016, { mime: "image/png", picture: [640, 360] }) }),
      happened("e2", BORIS, mine(BORIS), 20, { is: "joined" }),
      say("m1", ANNA, 19, "Здравствуйте! Скриншот приложила, имя контрагента закрасила."),
      say(
        "m2",
        BORIS,
        17,
        "Добрый день, Анна. Вижу: после обновления на 3.0.171 не подключена внешняя печатная форма. Покажете экран? Исправлю за пару минут.",
      ),
      happened("e3", BORIS, mine(BORIS), 16, { is: "session", state: "requested", reason: null }),
      happened("e4", ANNA, mine(ANNA), 15, { is: "session", state: "live", reason: null }),
      say("m3", BORIS, 8, "Форма для печати, её я сейчас подключаю.", {
        file: file("ПечатнаяФорма_СФ.epf", 217_088, { dangerous: true, state: { is: mine(BORIS) ? "offered" : "here" } }),
      }),
      say("m4", ANNA, 6, "Поняла. А прошлые счета тоже станут печататься?", {
        reply: { message: "m2", by_name: "Борис Ким", excerpt: "Вижу: после обновления на 3.0.171 не подключена внешняя печатная форма." },
      }),
      say("m5", BORIS, 5, "Да, все. Проверьте любой за вчера."),
      say("m6", ANNA, 2, "Да, теперь печатается. Спасибо!"),
    ],
    more: true,
    session: null,
    tickets: [],
    rating: null,
    mark: null,
    handing: null,
    epoch: 2,
  };
}

export function row(me: string): ConversationRow {
  const customer = me === ANNA;
  return {
    id: TALK,
    rev: rev(),
    title: customer ? "Борис Ким" : "Анна Соколова",
    organisation: customer ? "Север-Софт" : "ООО «Ромашка»",
    subject: "Не печатается счёт-фактура",
    last: "Да, теперь печатается. Спасибо!",
    last_mine: customer,
    at: now() - 2 * MINUTE,
    unread: 0,
    notes: 0,
    state: { is: "accepted", by: BORIS },
    sharing: false,
    left: false,
  };
}

export function rows(me: string): ConversationRow[] {
  const closed = { is: "closed" } as const;
  const past = (id: string, title: string, organisation: string, subject: string, last: string, days: number): ConversationRow => ({
    id,
    rev: rev(),
    title,
    organisation,
    subject,
    last,
    last_mine: false,
    at: now() - days * 1440 * MINUTE,
    unread: 0,
    notes: 0,
    state: closed,
    sharing: false,
    left: false,
  });
  if (me === ANNA)
    return [
      row(me),
      past("c-a1", "Вера Титова", "Север-Софт", "Выгрузка в банк", "Готово, проверьте, пожалуйста.", 3),
      past("c-a2", "Борис Ким", "Север-Софт", "Обновление до 3.0.170", "Обновление прошло без замечаний.", 12),
    ];
  return [
    row(me),
    {
      ...row(me),
      id: "c-oleg",
      title: "Олег Панин",
      organisation: "ООО «Ромашка»",
      subject: "Номер релиза",
      last: "Посмотрите номер релиза в «О программе»",
      last_mine: true,
      at: now() - 14 * MINUTE,
      unread: 2,
    },
    past(
      "c-b1",
      "Константин Константинопольский-Преображенский",
      "АО «Научно-производственное объединение „Северные магистральные трубопроводы“»",
      "Отчёт за квартал",
      "Спасибо, сошлось.",
      1,
    ),
  ];
}

export function home(): HomeView {
  return { rev: rev(), lines: LINES.slice(0, 1), request: null, conversations: rows(ANNA).slice(1), tickets: [], colleagues: [], asked_for: null };
}

function waits(id: string, customer: string, organisation: string, kind: Ask["class"], description: string, minutes: number): QueueRow {
  return {
    request: id,
    epoch: 1,
    line: LINE,
    line_name: "1-я линия",
    customer,
    organisation,
    ask: { ...ask, class: kind, description },
    state: { is: "waiting" },
    since: now() - minutes * MINUTE,
    callback: null,
  };
}

export function queue(): QueueView {
  return {
    rev: rev(),
    on_line: true,
    held: ["c-oleg"],
    active: 1,
    capacity: 4,
    offers: [],
    waiting: [
      waits("r-kim", "Игорь Ким", "ИП Ким И. С.", "question", "Как перенести отпуск в Зарплате и кадрах 3.1.32", 6),
      {
        ...waits("r-zh", "Татьяна Жукова", "ООО «Лесторг»", "error", "УТ 11.5.21: не проводится реализация", 2),
        state: { is: "offered", to: VERA, until: now() + MINUTE },
      },
      waits("r-v", "Николай Волков", "ООО «Вектор»", "wish", "Хочется видеть остаток прямо в счёте", 1),
    ],
  };
}

export function offer(): QueueView["offers"][number] {
  return {
    row: waits("r-maria", "Мария Лебедева", "ООО «Вектор»", "broken", "Не проводится реализация: «Поле объекта не обнаружено (Склад)»", 3),
    left_ms: 17_000,
    life_ms: 25_000,
  };
}

const card = { inn: "", kpp: "", note: "", products: [] };
const LINES: PeopleView["lines"] = [
  { id: LINE, name: "1-я линия · Бухгалтерия", tier: "consultants", description: "Вопросы по учёту и отчётности", order: 0 },
  { id: "l-2", name: "2-я линия · Программисты", tier: "programmers", description: "", order: 0 },
];

export function people(): PeopleView {
  const at = (id: string, name: string, role: "customer" | "specialist" | "owner", organisation: string, joined: boolean) => ({
    id,
    name,
    role,
    organisation,
    joined,
    invited: joined || id !== OLEG,
    email: role === "customer" ? `${id.slice(2)}@romashka.ru` : "",
    phone: "",
    memberships: role === "customer" ? [{ organisation: "o-1", role: "user" as const, since: null, until: null }] : [],
    service: role === "customer" ? { lines: [], skills: [] } : { lines: [{ line: LINE, level: "sure" as const }], skills: ["Зарплата"] },
    lines: role === "customer" ? [] : [LINE],
  });
  return {
    rev: rev(),
    lines: LINES,
    organisations: [
      {
        ...card,
        id: "o-1",
        name: "ООО «Ромашка»",
        inn: "7707083893",
        kpp: "773601001",
        note: "Звонить до обеда",
        products: [{ name: "1С:Бухгалтерия предприятия", release: "3.0.162.18" }],
      },
      { ...card, id: "o-2", name: "АО «Научно-производственное объединение „Северные магистральные трубопроводы“»" },
    ],
    people: [
      at(GALINA, "Галина Мельник", "owner", "Север-Софт", true),
      at(BORIS, "Борис Ким", "specialist", "Север-Софт", true),
      at(VERA, "Вера Титова", "specialist", "Север-Софт", false),
      at(ANNA, "Анна Соколова", "customer", "ООО «Ромашка»", true),
      at(OLEG, "Олег Панин", "customer", "ООО «Ромашка»", false),
    ],
    groups: [{ id: "g-1", card: { name: "Утренняя смена", members: [BORIS, VERA] } }],
    own_specialists: [{ client: { organisation: "o-1" }, line: null, specialist: BORIS, name: "Борис Ким" }],
  };
}

/** A picture that looks like one; no camera reads it. */
export const qr = {
  size: 29,
  path: Array.from({ length: 21 * 21 }, (_, at) => ({ x: at % 21, y: Math.floor(at / 21) }))
    .filter(({ x, y }) => {
      const corner = (left: number, top: number) => {
        const [dx, dy] = [x - left, y - top];
        return dx >= 0 && dx < 7 && dy >= 0 && dy < 7 && (dx % 6 === 0 || dy % 6 === 0 || (dx > 1 && dx < 5 && dy > 1 && dy < 5));
      };
      const inCorner = (x < 8 && y < 8) || (x > 12 && y < 8) || (x < 8 && y > 12);
      return inCorner ? corner(0, 0) || corner(14, 0) || corner(0, 14) : (x * 7 + y * 13 + x * y) % 3 === 0;
    })
    .map(({ x, y }) => `M${x + 4} ${y + 4}h1v1h-1z`)
    .join(""),
};

export function devices(): DevicesView {
  const at = (key: string, person: string, owner: string, name: string, more: Partial<DevicesView["devices"][number]>) => {
    return { key, person, owner, name, since: now() - 40 * 24 * 60 * MINUTE, vouched_by: null, this: false, mine: false, may_revoke: true, ...more };
  };
  return {
    rev: rev(),
    devices: [
      at("d-1", GALINA, "Галина Мельник", "Рабочий компьютер", { this: true, mine: true, may_revoke: false }),
      at("d-2", GALINA, "Галина Мельник", "Ноутбук", { mine: true, vouched_by: "Рабочий компьютер", since: now() - 3 * 24 * 60 * MINUTE }),
      at("d-3", BORIS, "Борис Ким", "Linux", {}),
      at("d-4", ANNA, "Анна Соколова", "Windows", {}),
    ],
  };
}

export function session(controlled: boolean): SessionView {
  return {
    rev: rev(),
    id: SESSION,
    conversation: TALK,
    state: "requested",
    connected: false,
    controlled,
    helper: "Борис Ким",
    firm: "Север-Софт",
    customer: "Анна Соколова",
    verified: true,
    reason: "Подключить печатную форму счёта-фактуры",
    after: null,
    asked: ["view", "point", "pointer", "keyboard"],
    preselected: ["view", "point"],
    allowed: [],
    live_ms: 0,
    left_ms: 0,
    ended: null,
    stop_key: true,
  };
}

export function live(controlled: boolean): SessionView {
  return {
    ...session(controlled),
    state: "live",
    connected: true,
    allowed: ["view", "point", "pointer", "keyboard"],
    live_ms: 520_000,
    left_ms: 1_280_000,
  };
}

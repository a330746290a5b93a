/** A host without a core: answers from the scripted firm, so that every screen can be looked at in a browser. */
import type { Commands, EntryView, Events, RunningView, TicketView } from "../generated";
import type { Host, Unsubscribe } from "../host";
import { ANNA, BORIS, GALINA, live, machine, message, now, qr, rev } from "./firm";
import { apiView, deliveries } from "./api";
import { table } from "./tables";
import { handingAnswers } from "./handing";
import { ticketAnswers } from "./ticket-answers";
import { type World, scenes, world } from "./scenes";
import { declared } from "./routing";
import { Stream } from "./stream";
import { picture } from "./picture";
import { codeSecret } from "./running";
import { audit, report, search } from "./desk";

type Answers = { [C in keyof Commands]?: (args: Commands[C]["args"]) => Commands[C]["reply"] | Promise<Commands[C]["reply"]> };

const ROLES = ["none", "customer", "specialist", "supervisor", "owner", "vendor"] as const;
type Role = (typeof ROLES)[number];

export function openDevHost(query: URLSearchParams): Host {
  const role: Role = ROLES.find((one) => one === query.get("role")) ?? "none";
  const made = world(role, role === "customer" ? ANNA : role === "owner" || role === "supervisor" ? GALINA : BORIS);
  const settings = made.app.settings;
  settings.language = query.get("lang") === "en" ? "en" : "ru";
  settings.theme = query.get("theme") === "dark" ? "dark" : "light";
  settings.zoom = Number(query.get("zoom") ?? 100);
  for (const name of (query.get("state") ?? "").split(",")) scenes[name]?.(made);
  return new DevHost(query.get("window") ?? "main", made);
}

class DevHost implements Host {
  readonly label: string;
  readonly #world: World;
  readonly #stream: Stream;
  readonly #listeners = new Map<string, Set<(body: never) => void>>();
  readonly #answers: Answers;

  constructor(label: string, made: World) {
    this.label = label;
    this.#world = made;
    this.#stream = new Stream(made.stream);
    this.#answers = this.#script();
    if (made.typing) setInterval(() => this.#tell("someone_types", { conversation: made.talk.row.id, name: made.typing ?? "" }), 300);
  }

  async call<C extends keyof Commands>(name: C, args: Commands[C]["args"]): Promise<Commands[C]["reply"]> {
    await new Promise((done) => setTimeout(done, 5));
    const answer = this.#answers[name];
    // A script that lacks a command is a fault of the script, and is seen at once.
    if (!answer) throw { code: "internal", message: `the script does not answer ${name}`, retry: false };
    return structuredClone(await answer(args));
  }

  async on<E extends keyof Events>(name: E, listener: (body: Events[E]) => void): Promise<Unsubscribe> {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set.add(listener as (body: never) => void));
    return () => set.delete(listener as (body: never) => void);
  }

  address(path: string): string {
    return picture(path);
  }

  frames(_session: string, _after: number, stop: AbortSignal): Promise<ArrayBuffer> {
    return this.#stream.next(stop);
  }

  #tell<E extends keyof Events>(name: E, body: Events[E]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(structuredClone(body) as never);
  }

  #add(entry: EntryView): EntryView {
    const made = this.#world;
    made.talk.entries = [...made.talk.entries, entry];
    const mark = (to: "sent" | "seen", after: number) =>
      setTimeout(() => {
        if (entry.what.is === "message") entry.what.mark = to;
        this.#tell("entries_changed", { conversation: made.talk.row.id, upsert: [entry], gone: [] });
      }, after);
    mark("sent", 400);
    mark("seen", 1500);
    return entry;
  }

  #say(text: string, reply: string | null): EntryView {
    const made = this.#world;
    const quoted = made.talk.entries.find((entry) => entry.id === reply);
    const excerpt = quoted?.what.is === "message" ? quoted.what.text : "";
    const entry = message(`m-${rev()}`, made.me, true, 0, text, {
      mark: "waiting",
      reply: quoted ? { message: quoted.id, by_name: quoted.by_name, excerpt } : null,
    });
    return this.#add({ ...entry, order: 30_000 + rev(), at: now() });
  }

  #session(state: "live" | "ended"): void {
    const made = this.#world;
    made.session =
      state === "live"
        ? { ...live(made.me === ANNA), live_ms: 0, left_ms: 1_800_000 }
        : made.session && { ...made.session, rev: rev(), state, connected: false, ended: "finished_by_helper" };
    made.talk.session = made.session;
    if (made.session) this.#tell("session_changed", made.session);
  }

  #running(change: Partial<RunningView>): RunningView {
    this.#world.running = { ...this.#world.running, ...change, rev: rev() };
    this.#tell("running_changed", this.#world.running);
    return this.#world.running;
  }

  #script(): Answers {
    const made = this.#world;
    const handing = handingAnswers(made.handing, made.app.account?.role ?? "none", {
      transfers: (view) => this.#tell("transfers_changed", view),
      beside: () => this.#tell("beside_changed", { conversation: made.talk.row.id }),
      vendor: () => this.#tell("vendor_changed", { conversation: made.talk.row.id }),
    });
    const online = () => made.app.link.is === "online";
    const about = ticketAnswers(made.tickets, made.me, online, {
      moved: (tickets) => this.#tell("tickets_moved", { rev: rev(), tickets }),
      drafted: (drafts) => this.#tell("ticket_drafts_changed", drafts),
    });
    return {
      ...handing,
      ...about,
      accept_talk: () => {
        this.#tell("transfers_changed", { rev: rev(), incoming: [], outgoing: [], told: [] });
        return made.talk;
      },
      saw_notes: () => {
        made.talk.row = { ...made.talk.row, rev: rev(), notes: 0 };
        this.#tell("conversation_changed", made.talk.row);
        return {};
      },
      invitations: () => made.handing.invitations,
      invite_in: () => made.handing.invitations,
      withdraw_invitation: () => made.handing.invitations,
      decline_invitation: () => (made.handing.invitations = { ...made.handing.invitations, rev: rev(), incoming: [] }),
      accept_invitation: () => made.talk,
      leave_talk: () => made.talk,
      app: () => made.app,
      look_at_invite: ({ link }) => {
        if (!link.startsWith("opora://")) throw { code: "invite_not_a_link", message: "", retry: false };
        return {
          address: "192.168.1.20:7443",
          desk_name: link.includes("owner") ? "" : "Север-Софт",
          name: link.includes("owner") ? "" : "Анна Соколова",
          organisation: "ООО «Ромашка»",
          role: link.includes("owner") ? "owner" : "customer",
        };
      },
      change_settings: (change) => (made.app = { ...made.app, rev: rev(), settings: { ...made.app.settings, ...change } }),
      choose_stuck: ({ id }) => (made.app = { ...made.app, rev: rev(), stuck: made.app.stuck.filter((one) => one.id !== id) }),
      people: () => made.people,
      make_invite: ({ name }) => ({
        link: "opora://192.168.1.20:7443/join#1.q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJ",
        qr,
        person: "p-new",
        name,
      }),
      invite_people: ({ people: chosen }) => ({
        invites: made.people.people
          .filter((person) => chosen.includes(person.id))
          .map(({ id, name, email, organisation }) => ({ person: id, name, email, organisation, link: "opora://192.168.1.20:7443/join#1.q83v", qr })),
        skipped: 0,
      }),
      save_invites: () => ({ path: "/home/galina/Загрузки/Приглашения.html" }),
      make_line: () => made.people,
      make_organisation: () => made.people,
      put_line: () => made.people,
      put_organisation: () => made.people,
      put_person: () => made.people,
      put_group: () => made.people,
      drop_group: () => made.people,
      put_own_specialist: () => made.people,
      import: () => made.table,
      open_import: () => (made.table = table()),
      map_import: () => (made.table ??= table()),
      run_import: () => (made.table = { ...table(), state: { is: "running", done: 120, of: 398 } }),
      import_rows: () => ({ rows: made.table?.rows ?? [] }),
      close_import: () => ((made.table = null), {}),
      api: () => apiView(),
      make_api_key: () => ({ text: "opora_3yV9fQJ0mX1tBq7Zr2LwN8cKpS5uHdEaGiTjR4oWkYs", view: apiView() }),
      revoke_api_key: () => apiView(),
      put_webhook: () => ({ secret: "Zr2LwN8cKpS5uHdEaGiTjR4oWkYs3yV9fQJ0mX1tBq7", view: apiView() }),
      drop_webhook: () => apiView(),
      webhook_log: () => ({ deliveries: deliveries() }),
      replay_webhook: () => ({ deliveries: deliveries() }),
      devices: () => made.devices,
      add_device: () => ({ link: "opora://192.168.1.20:7443/join#1.q83vEjRWeJq83vEjRWeJq83vEjRWeJ", qr, minutes: 30 }),
      name_device: () => made.devices,
      revoke_device: ({ device }) => (made.devices = { rev: rev(), devices: made.devices.devices.filter((one) => one.key !== device) }),
      ask_invite: () => ({ name: "Анна Соколова", link: "opora://192.168.1.20:7443/join#1.q83vEjRWeJq83vEjRWeJ", qr, ready: false }),
      home: () => made.home,
      machine: () => machine,
      take_shot: () => ({ id: "shot", width: 1920, height: 1080 }),
      send_ask: () => {
        scenes["waiting"]?.(made);
        if (!made.home.request) throw { code: "internal", message: "", retry: false };
        return made.home.request;
      },
      cancel_request: () => (made.home = { ...made.home, rev: rev(), request: null }),
      queue: () => made.queue,
      accept: () => {
        made.queue = { ...made.queue, rev: rev(), offers: [] };
        this.#tell("queue_changed", made.queue);
        return made.talk;
      },
      decline: () => (made.queue = { ...made.queue, rev: rev(), offers: [] }),
      set_presence: ({ on_line }) => (made.queue = { ...made.queue, rev: rev(), on_line }),
      staff: () => made.staff,
      declare: ({ status, seconds }) => {
        made.queue = { ...made.queue, rev: rev(), on_line: status === "on_line" };
        this.#tell("queue_changed", made.queue);
        return (made.staff = declared(made.staff, status, seconds));
      },
      routing: () => made.routing,
      set_rules: ({ rules }) => (made.routing = { ...made.routing, rev: rev(), rules }),
      set_overflow: ({ line, overflow }) =>
        (made.routing = { ...made.routing, rev: rev(), lines: made.routing.lines.map((one) => (one.line === line ? { ...one, overflow } : one)) }),
      set_capacity: ({ person, capacity }) =>
        (made.routing = {
          ...made.routing,
          rev: rev(),
          people: made.routing.people.map((one) => (one.person === person ? { ...one, capacity } : one)),
        }),
      way: () => made.way,
      set_hold: ({ on }) => (made.way = { ...made.way, held: on }),
      conversations: () => made.rows,
      open_conversation: () => made.talk,
      older: () => [],
      send_message: ({ text, reply_to }) => this.#say(text, reply_to),
      saw: () => ({}),
      typing: () => ({}),
      pick_files: () => ["/home/anna/Документы/акт сверки.pdf"],
      accept_file: () => ({}),
      cancel_file: () => ({}),
      open_file: () => ({}),
      save_file: () => ({ path: "/home/anna/Загрузки/Акт сверки за октябрь.pdf" }),
      close_conversation: () => {
        scenes["closed"]?.(made);
        return made.talk;
      },
      rate: ({ rating }) => (made.talk = { ...made.talk, rating }),
      ask_screen: () => {
        scenes["asked"]?.(made);
        setTimeout(() => this.#session("live"), 1500);
        return made.session as NonNullable<World["session"]>;
      },
      session: () => made.session,
      answer_screen: () => {
        this.#session("live");
        return made.session as NonNullable<World["session"]>;
      },
      stop_session: () => {
        this.#session("ended");
        return {};
      },
      beat: () => ({}),
      open_viewer: () => ({}),
      viewer: () => made.viewer,
      input: () => ({}),
      viewer_health: ({ key_frame }) => {
        if (key_frame) this.#stream.askKeyFrame();
        return {};
      },
      hours: () => made.hours,
      set_hours: ({ lines, calendar }) => {
        const set = (line: World["hours"]["lines"][number]) => (lines.includes(line.line) ? { ...line, calendar } : line);
        return (made.hours = { ...made.hours, rev: rev(), lines: made.hours.lines.map(set) });
      },
      ask_callback: ({ phone, when }) => {
        const request = made.home.request && { ...made.home.request, callback: phone ? { phone, when } : null };
        return (made.home = { ...made.home, rev: rev(), request });
      },
      contracts: () => made.contracts,
      put_contract: () => (made.contracts = { ...made.contracts, rev: rev() }),
      drop_contract: () => made.contracts,
      set_serve_without: ({ serve }) => (made.contracts = { ...made.contracts, rev: rev(), serve_without: serve }),
      ask_renewal: ({ organisation, comment }) => {
        const renewal = { by_name: "Анна Соколова", mine: true, comment, at: now() };
        const organisations = made.contracts.organisations.map((one) =>
          !organisation || one.organisation === organisation ? { ...one, renewal } : one,
        );
        return (made.contracts = { ...made.contracts, rev: rev(), organisations });
      },
      answer_renewal: () => made.contracts,
      talk_contract: () => made.talkContract,
      note_time: ({ minutes }) => (made.talkContract = { ...made.talkContract, noted: minutes }),
      note_session_time: ({ session, minutes }) =>
        (made.talkContract = { ...made.talkContract, session: { session, suggested: 25, noted: minutes } }),
      board: () => made.board,
      look_in: () => made.talk,
      look_away: () => ({}),
      take_over: () => made.talk,
      mark_talk: ({ conversation, mark }) => {
        const talks = made.board.talks.map((one) => (one.conversation === conversation ? { ...one, mark } : one));
        return (made.board = { ...made.board, rev: rev(), talks });
      },
      audit: () => (made.quiet ? { rev: rev(), rows: [], all: 0 } : audit()),
      report: (ask) => report(ask, made.quiet),
      save_tables: ({ name, format }) => ({ path: `/home/galina/Загрузки/${name}.${format}` }),
      search: ({ words }) => search(words),
      running: () => made.running,
      set_mail_server: ({ server, password }) => this.#running({ mail_server: server, has_password: password !== null || made.running.has_password }),
      test_mail: ({ to }) =>
        to.startsWith("gone")
          ? { taken: false, said: "permanent error (550): 5.1.1 <gone@romashka.ru>: Recipient address rejected: User unknown" }
          : { taken: true, said: "2.0.0 Ok: queued as 4FzX2h1Wq9z3" },
      choose_mail: ({ address, ...choice }) =>
        this.#running({ choice: { address: address || null, tongue: "ru", zone: "Europe/Moscow", ...choice } }),
      mail_invite: () => made.running,
      set_retention: ({ line, days }) => this.#running({ retention: days === null ? [] : [{ line, days }] }),
      preview_retention: () => ({ conversations: 214, messages: 3_870, files: 96, bytes: 1_480_000_000 }),
      erase_person: () => made.running,
      begin_code: () => codeSecret,
      enrol_code: () => this.#running({ uses_code: true }),
      drop_code: () => this.#running({ uses_code: false }),
      require_code: ({ staff }) => this.#running({ staff_code: staff }),
      set_code_days: ({ days }) => this.#running({ code_days: days }),
      answer_code: () => {
        throw { code: "code_wrong", message: "", retry: false };
      },
      reset_code: () => made.running,
      make_ticket: (asked) => {
        const view = about.make_ticket?.(asked) as TicketView;
        made.home = { ...made.home, rev: rev(), tickets: [view, ...made.home.tickets] };
        return view;
      },
    };
  }
}

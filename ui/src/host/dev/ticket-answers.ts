/** What the scripted core answers about tickets. */
import type {
  Commands,
  MakeTicket,
  SavedLists,
  TicketCard,
  TicketChange,
  TicketDrafts,
  TicketDraftView,
  TicketsAsk,
  TicketSetupView,
  TicketsPage,
  TicketView,
} from "../generated";
import { BORIS, GALINA, now, rev } from "./firm";
import { card, entry, label, renewed } from "./ticket-cards";
import { CATEGORIES, CUSTOMERS, isOver, LINES, ORGANISATIONS, STAFF, steps, ticket, tickets, trackerOf } from "./tickets";

type Answers = { [C in keyof Commands]?: (args: Commands[C]["args"]) => Commands[C]["reply"] | Promise<Commands[C]["reply"]> };

export interface Ticketing {
  rows: TicketView[];
  cards: Map<string, TicketCard>;
  setup: TicketSetupView;
  lists: SavedLists;
  drafts: TicketDraftView[];
  /** Lists are refused. */
  refused: boolean;
}

export const ticketing = (setup: TicketSetupView): Ticketing => ({
  rows: tickets(),
  cards: new Map(),
  setup,
  lists: { lists: [] },
  drafts: [],
  refused: false,
});

const BOARD = ["new", "reopened", "in_work", "waiting", "solved", "confirmed", "refused"];
const PRIORITIES = ["low", "normal", "high", "urgent"];
const idOf = (names: Record<string, string>, name: string | null) => Object.entries(names).find(([, one]) => one === name)?.[0] ?? "";
const nearest = ({ deadlines }: TicketView) => Math.min(deadlines.answer ?? Infinity, deadlines.solution ?? Infinity);

function passes(row: TicketView, { filter }: TicketsAsk, me: string): boolean {
  const among = (set: readonly string[], value: string) => set.length === 0 || set.includes(value);
  const text = `${row.number} ${row.subject} ${row.customer} ${row.organisation}`.toLowerCase();
  const { assignee } = filter;
  return (
    !(filter.open && isOver(row.status)) &&
    among(filter.statuses, row.status) &&
    among(filter.kinds, row.kind) &&
    among(filter.trackers, row.tracker) &&
    among(filter.priorities, row.priority) &&
    among(filter.categories, idOf(CATEGORIES, row.category)) &&
    among(filter.lines, idOf(LINES, row.line)) &&
    among(filter.organisations, idOf(ORGANISATIONS, row.organisation)) &&
    (filter.from === null || row.at >= filter.from) &&
    (filter.before === null || row.at < filter.before) &&
    (filter.customer === null || filter.customer === row.customer_id) &&
    among(filter.lights, row.light) &&
    (assignee.is === "any" || row.assignee_id === (assignee.is === "me" ? me : assignee.is === "person" ? assignee.person : null)) &&
    filter.text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word.replace(/^#/, "")))
  );
}

function order(a: TicketView, b: TicketView, { sort }: TicketsAsk): number {
  const words = (one: string | null, other: string | null) => (one ?? "").localeCompare(other ?? "", "ru");
  const by = {
    number: () => (a.number ?? Infinity) - (b.number ?? Infinity),
    subject: () => words(a.subject, b.subject),
    customer: () => words(a.customer, b.customer),
    status: () => BOARD.indexOf(a.status) - BOARD.indexOf(b.status),
    priority: () => PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority),
    assignee: () => words(a.assignee, b.assignee),
    deadline: () => (nearest(a) === nearest(b) ? 0 : nearest(a) - nearest(b)),
    made: () => a.at - b.at,
    updated: () => a.updated - b.updated,
  }[sort.by]();
  return (sort.down ? -by : by) || (b.number ?? Infinity) - (a.number ?? Infinity) || 0;
}

function page(rows: readonly TicketView[], ask: TicketsAsk, me: string): TicketsPage {
  const found = rows.filter((row) => passes(row, ask, me)).toSorted((a, b) => order(a, b, ask));
  const groups = new Map<string, { name: string | null; rows: TicketView[] }>();
  const keyed = (row: TicketView): [key: string, name: string | null] => {
    if (ask.group === "status") return [row.status, null];
    if (ask.group === "priority") return [row.priority, null];
    if (ask.group === "tracker") return [row.tracker, row.tracker === "tr-visit" ? "Выезд" : null];
    if (ask.group === "assignee") return [row.assignee_id ?? "", row.assignee];
    if (ask.group === "organisation") return [idOf(ORGANISATIONS, row.organisation), row.organisation];
    if (ask.group === "line") return [idOf(LINES, row.line), row.line];
    return [idOf(CATEGORIES, row.category), row.category];
  };
  if (ask.group)
    for (const row of found) {
      const [key, name] = keyed(row);
      const group = groups.get(key) ?? { name, rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
  const places = ask.group === "status" ? BOARD : PRIORITIES.toReversed();
  const sorted = [...groups].toSorted(([a], [b]) => places.indexOf(a) - places.indexOf(b));
  const all = ask.group ? sorted.flatMap(([, group]) => group.rows) : found;
  return {
    rev: rev(),
    total: found.length,
    groups: sorted.map(([key, group]) => ({ key, name: group.name, count: group.rows.length })),
    from: ask.from,
    rows: all.slice(ask.from, ask.from + ask.count),
  };
}

/** What a change does to a row. */
function applied(change: TicketChange): Partial<TicketView> {
  if (change.field === "assignee") return { assignee_id: change.value, assignee: change.value ? (STAFF[change.value] ?? null) : null };
  if (change.field === "category") return { category: change.value ? (CATEGORIES[change.value] ?? null) : null };
  if (change.field === "line") return { line: change.value ? (LINES[change.value] ?? null) : null };
  if (change.field === "status") return { status: change.value, steps: steps(change.value) };
  if (change.field === "tracker") return change.value;
  if (change.field === "subject" || change.field === "description" || change.field === "priority" || change.field === "due")
    return { [change.field]: change.value };
  if (change.field === "visibility") return { visibility: change.value };
  return {};
}

interface Told {
  moved: (tickets: string[]) => void;
  drafted: (drafts: TicketDrafts) => void;
}

const fileOf = (path: string) => ({ name: path.split("/").at(-1) ?? path, size: 48_000, hash: path });

export function ticketAnswers(made: Ticketing, me: string, online: () => boolean, { moved, drafted }: Told): Answers {
  const row = (id: string) => {
    const found = made.rows.find((one) => one.id === id);
    if (!found) throw { code: "not_found", message: "", retry: false };
    return found;
  };
  const opened = (id: string) => made.cards.get(id) ?? card(me, row(id), made.rows, made.setup);
  const keep = (next: TicketCard): TicketCard => {
    made.cards.set(next.row.id, next);
    made.rows = made.rows.map((one) => (one.id === next.row.id ? next.row : one));
    moved([next.row.id]);
    return next;
  };
  const drafts = (): TicketDrafts => ({ rev: rev(), drafts: made.drafts });
  const redraft = (next: TicketDraftView[]): TicketDrafts => {
    made.drafts = next;
    drafted(drafts());
    return drafts();
  };
  const make = (asked: MakeTicket): TicketView => {
    const number = online() ? 1_100 + rev() : null;
    const files = [...(made.drafts.find((one) => one.id === asked.draft)?.files ?? []), ...asked.files.map(fileOf)];
    if (asked.draft) redraft(made.drafts.filter((one) => one.id !== asked.draft));
    const { subject, description, kind, priority, due, visibility } = asked;
    const more = { subject, description, kind, priority, due, visibility, files, tracker: asked.tracker ?? trackerOf(kind) };
    const customer_id = asked.customer ?? (me in CUSTOMERS ? me : "p-anna");
    const view = ticket({ ...more, id: `t-${rev()}`, number, status: "new", mark: online() ? "sent" : "waiting", at: now(), customer_id });
    made.rows = [view, ...made.rows];
    moved([view.id]);
    return view;
  };
  const seen = () => (me in CUSTOMERS ? made.rows.filter((one) => one.customer_id === me || one.visibility.to !== "private") : made.rows);
  return {
    make_ticket: make,
    own_colleagues: () => {
      if (!online()) throw { code: "offline", message: "", retry: true };
      const others = me in CUSTOMERS ? Object.entries(CUSTOMERS).filter(([id, [, firm]]) => id !== me && firm === "o-1") : [];
      return others.map(([id, [name]]) => ({ id, name, organisations: ["o-1"] }));
    },
    ticket_drafts: drafts,
    keep_ticket_draft: ({ form, without }) => {
      const was = made.drafts.find((one) => one.id === form.draft);
      const files = [...(was?.files ?? []).filter((one) => !without.includes(one.hash)), ...form.files.map(fileOf)];
      const id = was?.id ?? `t-${rev()}`;
      const next = { id, form: { ...form, files: [], draft: id }, files, at: now() };
      redraft([next, ...made.drafts.filter((one) => one.id !== id)]);
      return next;
    },
    drop_ticket_draft: ({ ticket }) => redraft(made.drafts.filter((one) => one.id !== ticket)),
    list_tickets: (ask) => {
      if (made.refused) throw { code: "offline", message: "", retry: true };
      return page(seen(), ask, me);
    },
    open_ticket: ({ ticket }) => opened(ticket),
    saw_ticket: () => ({}),
    update_ticket: ({ ticket, edits, text, files, staff }) => {
      const was = opened(ticket);
      const changes = edits.map(({ was, now }) => ({ was, now, name: null, was_name: null }));
      const added = files.map(fileOf);
      const said = entry(me, me, 0, { text, staff, changes, files: added, mark: online() ? "sent" : "waiting" });
      const changed = Object.assign({}, ...edits.map((edit) => applied(edit.now))) as Partial<TicketView>;
      const fresh = card(me, { ...was.row, ...changed }, made.rows, made.setup);
      return keep(renewed({ ...was, may: fresh.may }, { history: [...was.history, said] }, changed));
    },
    update_tickets: ({ tickets, changes }) => {
      const left = tickets.slice(1, 3).map((id) => label(row(id)));
      const changed = Object.assign({}, ...changes.map(applied)) as Partial<TicketView>;
      const able = new Set(tickets.filter((id) => !left.some((one) => one.id === id)));
      made.rows = made.rows.map((one) => (able.has(one.id) ? { ...one, ...changed, rev: rev() } : one));
      moved([...able]);
      return { changed: able.size, left };
    },
    settle_ticket: ({ ticket, field, mine }) => {
      const was = opened(ticket);
      const settled = was.conflicts.find((one) => one.conflict.mine.field === field.name);
      const conflicts = was.conflicts.filter((one) => one !== settled);
      const taken = settled ? applied(mine ? settled.conflict.mine : settled.conflict.theirs) : {};
      return keep(renewed(was, { conflicts }, { ...taken, conflict: conflicts.length > 0, mark: "sent" }));
    },
    watch_ticket: ({ ticket, person, on }) => {
      const was = opened(ticket);
      const id = person ?? me;
      const others = was.watchers.filter((one) => one.id !== id);
      const name = STAFF[id] ?? CUSTOMERS[id]?.[0] ?? id;
      return keep(renewed(was, { watchers: on ? [...others, { id, name }] : others }));
    },
    put_ticket_item: ({ ticket, item, text, done }) => {
      const was = opened(ticket);
      const next = { id: item ?? `i-${rev()}`, text, done };
      const checklist = item ? was.checklist.flatMap((one) => (one.id !== item ? [one] : text ? [next] : [])) : [...was.checklist, next];
      return keep(renewed(was, { checklist }));
    },
    link_ticket: ({ ticket, number, relation, on }) => {
      const was = opened(ticket);
      const other = made.rows.find((one) => one.number === number);
      if (!other) throw { code: "not_found", message: "", retry: false };
      if (relation === null) return keep(renewed(was, { merged: on ? number : null }));
      const links = was.links.filter((one) => one.other.number !== number);
      return keep(renewed(was, { links: on ? [...links, { relation, other: label(other) }] : links }));
    },
    part_of_ticket: ({ ticket, number }) => {
      const whole = made.rows.find((one) => one.number === number);
      if (number !== null && !whole) throw { code: "not_found", message: "", retry: false };
      return keep(renewed(opened(ticket), { parent: whole ? label(whole) : null }));
    },
    vote_ticket: ({ ticket, on }) => {
      const notices = made.setup.notices.map((one) => (one.ticket === ticket ? { ...one, mine: on, votes: one.votes + (on ? 1 : -1) } : one));
      made.setup = { ...made.setup, notices };
      return { notices: notices.filter((one) => one.ticket === ticket), tickets: [] };
    },
    rate_ticket: ({ ticket, rating }) => {
      const was = opened(ticket);
      return keep(renewed(was, { rating, may: { ...was.may, rate: false } }));
    },
    publish_ticket: ({ ticket, notice }) => {
      const was = opened(ticket);
      return keep(renewed(was, { notice: notice && { ...notice, ticket, wish: was.row.kind === "wish", at: now(), votes: 0, mine: false } }));
    },
    open_ticket_file: () => ({}),
    note_ticket_time: ({ ticket, minutes }) => keep(renewed(opened(ticket), { minutes })),
    similar_tickets: ({ text }) => ({
      notices: /счёт|остат/i.test(text) ? made.setup.notices : [],
      tickets: /счёт|печат/i.test(text)
        ? seen()
            .filter((one) => /счёт/i.test(one.subject) && one.kind !== "wish")
            .slice(0, 2)
            .map(label)
        : [],
    }),
    ticket_setup: () => made.setup,
    put_tracker: ({ tracker }) => {
      const others = made.setup.trackers.filter((one) => one.id !== tracker.id);
      return (made.setup = { ...made.setup, rev: rev(), trackers: [...others, tracker] });
    },
    put_categories: ({ categories }) => (made.setup = { ...made.setup, rev: rev(), categories }),
    put_terms: ({ terms }) => (made.setup = { ...made.setup, rev: rev(), terms }),
    ticket_lists: () => made.lists,
    keep_ticket_lists: (lists) => (made.lists = lists),
    export_tickets: ({ csv }) => ({
      path: `/home/${me === GALINA ? "galina" : me === BORIS ? "boris" : "anna"}/Загрузки/Заявки.${csv ? "csv" : "xlsx"}`,
    }),
    print_ticket: ({ ticket }) => ({ path: `/home/boris/Загрузки/Заявка ${row(ticket).number ?? ""}.html` }),
  };
}

/** Who of the scripted firm takes requests, and how requests find them. */
import type { Availability, DeclaredPresence, RoutingView, StaffRow, StaffView, WayView } from "../generated";
import { BORIS, GALINA, LINE, MINUTE, now, rev, VERA } from "./firm";

const NAMES: Record<string, string> = { [BORIS]: "Борис Ким", [VERA]: "Вера Титова", [GALINA]: "Галина Мельник" };

function one(me: string, person: string, availability: Availability, active: number): StaffRow {
  const { is } = availability;
  const declared: DeclaredPresence = is === "lunch" ? availability : is === "away" ? availability : is === "off" ? { is: "off" } : { is: "on_line" };
  return { person, name: NAMES[person] ?? person, me: person === me, declared, availability, active, capacity: 4 };
}

/** One o'clock today, whatever the clock shows. */
function oneOClock(): number {
  return new Date(now() / 1000).setHours(13, 0, 0, 0) * 1000;
}

export function staff(me: string): StaffView {
  const people = [
    one(me, BORIS, { is: "available" }, 2),
    one(me, VERA, { is: "lunch", until: oneOClock() }, 1),
    one(me, GALINA, { is: "away", until: null }, 0),
    { ...one(me, "p-ivan", { is: "gone" }, 0), name: "Иван Константинопольский-Преображенский" },
  ];
  return { rev: rev(), people: people.sort((a, b) => Number(b.me) - Number(a.me)) };
}

export function declared(view: StaffView, is: DeclaredPresence["is"], seconds: number | null): StaffView {
  const until = seconds === null ? null : now() + seconds * 1_000_000;
  const made: DeclaredPresence = is === "lunch" ? { is, until: until ?? now() } : is === "away" ? { is, until } : { is };
  const availability: Availability = made.is === "on_line" ? { is: "available" } : made;
  return { rev: rev(), people: view.people.map((row) => (row.me ? { ...row, declared: made, availability } : row)) };
}

export function routing(): RoutingView {
  return {
    rev: rev(),
    rules: { ranks: { broken: 0, error: 1, question: 1, wish: 2 }, ageing: 15 * MINUTE, own_limit: 2 * MINUTE, offer_life: 25_000_000 },
    lines: [
      { line: LINE, name: "1-я линия · Бухгалтерия", overflow: { to: "l-2", after: 10 * MINUTE } },
      { line: "l-2", name: "2-я линия · Программисты", overflow: null },
    ],
    people: [BORIS, VERA, GALINA].map((person, place) => ({ person, name: NAMES[person] ?? "", capacity: 4 - place })),
  };
}

export function way(request: string): WayView {
  const person = (name: string, active: number, idle: number) => ({
    name,
    active,
    capacity: 4,
    idle: idle * MINUTE,
    own: false,
    overflow: false,
    skipped: null,
  });
  return {
    request,
    held: false,
    mine: true,
    taken: false,
    steps: [
      {
        is: "offered",
        at: now() - 24 * MINUTE,
        to: "Вера Титова",
        because: "own",
        considered: [{ ...person("Вера Титова", 1, 12), own: true }, person("Борис Ким", 2, 4)],
      },
      { is: "passed", at: now() - 23 * MINUTE, by: "Вера Титова", why: "declined", reason: "Говорю по телефону" },
      {
        is: "offered",
        at: now() - 23 * MINUTE,
        to: "Борис Ким",
        because: "least_loaded",
        considered: [
          person("Борис Ким", 1, 4),
          { ...person("Иван Константинопольский-Преображенский", 2, 9), overflow: true },
          { ...person("Вера Титова", 1, 12), own: true, skipped: { is: "passed" } },
          { ...person("Галина Мельник", 0, 60), skipped: { is: "unavailable", why: { is: "lunch", until: oneOClock() } } },
          { ...person("Пётр Лаптев", 4, 0), skipped: { is: "full" } },
        ],
      },
    ],
  };
}

import type { PeopleView, PersonView, Role } from "$host";
import { expect, test } from "vitest";
import { done, next } from "./steps";

const person = (role: Role, more: Partial<PersonView> = {}): PersonView => ({
  id: role,
  name: role,
  role,
  organisation: "",
  lines: [],
  email: "",
  phone: "",
  memberships: [],
  service: { lines: [], skills: [] },
  invited: false,
  joined: false,
  ...more,
});
const firm: PeopleView = { rev: 1, lines: [], organisations: [], people: [person("owner", { joined: true })], groups: [], own_specialists: [] };
const line = { id: "l-1", name: "Первая линия", tier: "consultants", description: "", order: 0 } as const;

test("a new owner begins with a line and ends with a client who has a link", () => {
  expect(next(firm)).toBe("line");
  const lined = { ...firm, lines: [line] };
  expect(next(lined)).toBe("specialist");
  const staffed = { ...lined, people: [...firm.people, person("specialist", { invited: true })] };
  expect(next(staffed)).toBe("client");
  const known = { ...staffed, people: [...staffed.people, person("customer")] };
  expect(next(known), "somebody who is only known has no link yet").toBe("client");
  const all = { ...staffed, people: [...staffed.people, person("customer", { invited: true })] };
  expect(next(all)).toBe(null);
});

test("what was done elsewhere counts: the steps follow what is there", () => {
  const staffed = { ...firm, people: [...firm.people, person("supervisor", { joined: true })] };
  expect([next(staffed), done(staffed).specialist]).toEqual(["line", true]);
});

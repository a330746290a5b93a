/** Other programs at the scripted firm. */
import type { ApiView, Delivery } from "../generated";
import { MINUTE, now } from "./firm";

const DAY = 24 * 60 * MINUTE;

export function apiView(): ApiView {
  return {
    address: "https://help.sever-soft.ru:7443/api/v1",
    keys: [
      {
        id: "k-site",
        card: { name: "Личный кабинет на сайте", scopes: ["persons:read", "tickets:read", "tickets:write"], until: now() + 300 * DAY },
        made: now() - 65 * DAY,
        revoked: null,
        used: now() - 3 * MINUTE,
      },
      { id: "k-bi", card: { name: "Сводка для директора", scopes: ["reports:read"], until: null }, made: now() - DAY, revoked: null, used: null },
      {
        id: "k-old",
        card: { name: "Старая выгрузка", scopes: ["organisations:read"], until: null },
        made: now() - 200 * DAY,
        revoked: now() - 9 * DAY,
        used: now() - 10 * DAY,
      },
    ],
    webhooks: [
      {
        id: "w-1c",
        card: { url: "https://1c.sever-soft.ru/hs/opora", topics: ["ticket.made", "ticket.updated"], on: true },
        made: now() - 65 * DAY,
        head: 1841,
        failing: true,
      },
      {
        id: "w-bot",
        card: { url: "https://bot.sever-soft.ru/opora", topics: ["request.asked"], on: false },
        made: now() - 20 * DAY,
        head: 77,
        failing: false,
      },
    ],
  };
}

export function deliveries(): Delivery[] {
  const one = (sequence: number, state: Delivery["state"], tries: number, status: number | null): Delivery => ({
    webhook: "w-1c",
    sequence,
    topic: sequence % 2 === 0 ? "ticket.updated" : "ticket.made",
    at: now() - (1842 - sequence) * 7 * MINUTE,
    state,
    tries,
    next: now() + 5 * MINUTE,
    tried: now() - MINUTE,
    status,
    said: status === null ? "no connection" : "",
  });
  return [
    one(1841, "waiting", 2, null),
    one(1840, "waiting", 3, 502),
    one(1839, "failed", 7, 502),
    one(1838, "arrived", 1, 204),
    one(1837, "arrived", 2, 200),
  ];
}

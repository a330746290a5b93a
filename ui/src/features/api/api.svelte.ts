/** Keys of the HTTP API, and webhooks. The desk keeps them; they are asked for when somebody looks. */
import type { ApiScope, ApiView, Delivery, Host, MadeApiKey, Webhook, WebhookTopic } from "$host";

export const SCOPES: ApiScope[] = [
  "organisations:read",
  "organisations:write",
  "persons:read",
  "contracts:read",
  "requests:read",
  "tickets:read",
  "tickets:write",
  "reports:read",
  "webhooks:read",
  "webhooks:write",
];

export const TOPICS: WebhookTopic[] = [
  "request.asked",
  "request.moved",
  "ticket.made",
  "ticket.updated",
  "ticket.merged",
  "ticket.rated",
  "ticket.pressed",
  "organisation.changed",
];

/** A scope or topic as a part of a text's name. */
export const word = (name: ApiScope | WebhookTopic) => name.replace(/[:.]/, "-");

export interface WebhookForm {
  webhook: string | null;
  url: string;
  topics: WebhookTopic[];
  on: boolean;
}

export class ApiStore {
  readonly #host: Host;
  #view = $state.raw<ApiView | null>(null);

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): ApiView | null {
    return this.#view;
  }

  async load(): Promise<void> {
    this.#view = await this.#host.call("api", {});
  }

  /** The key's text, which nobody can tell again. */
  async make(name: string, scopes: ApiScope[], days: number | null): Promise<MadeApiKey["text"]> {
    const made = await this.#host.call("make_api_key", { name, scopes, days });
    this.#view = made.view;
    return made.text;
  }

  async revoke(key: string): Promise<void> {
    this.#view = await this.#host.call("revoke_api_key", { key });
  }

  /** The secret, when there is a new one. */
  async put(form: WebhookForm): Promise<string | null> {
    const set = await this.#host.call("put_webhook", form);
    this.#view = set.view;
    return set.secret;
  }

  async drop(webhook: string): Promise<void> {
    this.#view = await this.#host.call("drop_webhook", { webhook });
  }

  async log(webhook: Webhook["id"], before: number | null): Promise<Delivery[]> {
    return (await this.#host.call("webhook_log", { webhook, before })).deliveries;
  }

  /** One delivery, or all that were given up. */
  async replay(webhook: Webhook["id"], sequence: number | null): Promise<Delivery[]> {
    const { deliveries } = await this.#host.call("replay_webhook", { webhook, sequence });
    await this.load();
    return deliveries;
  }
}

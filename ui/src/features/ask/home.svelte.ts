/** The customer's first screen: the open request, conversations, tickets. */
import { type CallbackWhen, type HomeView, type Host, Mirror, type RequestId, type RequestView, type SendAsk, type Unsubscribe } from "$host";

export class HomeStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<HomeView>();

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): HomeView | null {
    return this.#mirror.view;
  }

  /** Listens first, then loads, so that no change falls between the two. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("home_changed", (view) => this.#mirror.take(view));
    try {
      await this.reload();
    } catch (thrown) {
      stop();
      throw thrown;
    }
    return stop;
  }

  async reload(): Promise<void> {
    this.#mirror.take(await this.#host.call("home", {}));
  }

  /** Stored here before it is answered; the event brings it to the screen, the reload makes sure. */
  async send(ask: SendAsk): Promise<RequestView> {
    const request = await this.#host.call("send_ask", ask);
    await this.reload();
    return request;
  }

  /** Asks to be called back, or takes that back with an empty number. */
  async callBack(request: RequestId, phone: string, when: CallbackWhen): Promise<void> {
    this.#mirror.take(await this.#host.call("ask_callback", { request, phone, when }));
  }

  async cancel(request: RequestId): Promise<void> {
    this.#mirror.take(await this.#host.call("cancel_request", { request }));
  }
}

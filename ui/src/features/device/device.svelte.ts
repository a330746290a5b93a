/** Devices: one's own, and everybody's for the owner. */
import { type AskedInvite, type DeviceLinkView, type DevicesView, type Host, Mirror, type Unsubscribe } from "$host";

export class DeviceStore {
  readonly #host: Host;
  readonly #mirror = new Mirror<DevicesView>();

  constructor(host: Host) {
    this.#host = host;
  }

  get view(): DevicesView | null {
    return this.#mirror.view;
  }

  /** Listens first, then loads. */
  async open(): Promise<Unsubscribe> {
    const stop = await this.#host.on("devices_changed", (view) => this.#mirror.take(view));
    this.#mirror.take(await this.#host.call("devices", {}));
    return stop;
  }

  add(): Promise<DeviceLinkView> {
    return this.#host.call("add_device", {});
  }

  async name(device: string, name: string): Promise<void> {
    this.#mirror.take(await this.#host.call("name_device", { device, name }));
  }

  async revoke(device: string): Promise<void> {
    this.#mirror.take(await this.#host.call("revoke_device", { device }));
  }
}

/** A new invite for a customer, who has said who it is. */
export function askInvite(host: Host, person: string): Promise<AskedInvite> {
  return host.call("ask_invite", { person });
}

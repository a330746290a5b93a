/** The host of this window, made once before anything is shown. */
import { TauriHost } from "./tauri";
import type { Host } from "./host";

export type { Host, Unsubscribe } from "./host";
export { refusal } from "./host";
export { Mirror } from "./mirror.svelte";
export { getHost, setHost } from "./context";
export type * from "./generated";

interface TauriWindow {
  __TAURI_INTERNALS__?: { metadata: { currentWindow: { label: string } } };
}

export async function openHost(): Promise<Host> {
  const tauri = (window as TauriWindow).__TAURI_INTERNALS__;
  if (tauri) return new TauriHost(tauri.metadata.currentWindow.label);
  if (__SCRIPTED__) return (await import("./dev")).openDevHost(new URLSearchParams(location.search));
  throw new Error("Opora's interface runs inside Opora only");
}

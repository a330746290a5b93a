/** What the interface knows of the program around it. Only this folder knows Tauri. */
import type { Commands, ErrorCode, Events, SessionId, UiError } from "./generated";

export type Unsubscribe = () => void;

export interface Host {
  /** Label of this window: `main`, `consent`, `bar` or `viewer-<session>`. */
  readonly label: string;
  /** Runs a command of the core; a "no" is thrown as {@link UiError}. */
  call<C extends keyof Commands>(name: C, args: Commands[C]["args"]): Promise<Commands[C]["reply"]>;
  /** Listens to an event of the core. Resolves when nothing can be missed any more. */
  on<E extends keyof Events>(name: E, listener: (body: Events[E]) => void): Promise<Unsubscribe>;
  /** Where a picture is: `shot/ID` or `blob/MESSAGE`. */
  address(path: string): string;
  /** Waits for the encoded frames after `seq`; an empty body means "none yet". Rejects when the session is gone. */
  frames(session: SessionId, after: number, stop: AbortSignal): Promise<ArrayBuffer>;
}

/** The refusal in whatever was thrown; anything unknown is the program's own fault. */
export function refusal(thrown: unknown): UiError {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string") {
    const { code, message, retry } = thrown as Partial<UiError> & { code: ErrorCode };
    return { code, message: message ?? "", retry: retry ?? false };
  }
  return { code: "internal", message: String(thrown), retry: false };
}

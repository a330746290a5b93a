/** A refusal in words: what happened and what is safe, then what to do next. */
import { type ErrorCode, refusal } from "$host";
import { t } from "./catalogue.svelte";

export interface Explained {
  code: ErrorCode;
  what: string;
  next: string;
  retry: boolean;
}

export function explain(thrown: unknown): Explained {
  const { code, retry, message } = refusal(thrown);
  if (code === "internal") console.error(message);
  return { code, what: t(`error-${code}`), next: t(`error-${code}-do`), retry };
}

import { createContext } from "svelte";
import type { Host } from "./host";

/** The host of this window, for every component below the app. */
export const [getHost, setHost] = createContext<Host>();

export { t, language, setLanguage, type Language } from "./catalogue.svelte";
export { explain, type Explained } from "./explain";
export { ago, clock, day, minutesSince, size } from "./format";
export { Attempt } from "./attempt.svelte";
export { default as Failure } from "./Failure.svelte";

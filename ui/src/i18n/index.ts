export { t, language, setLanguage, type Language } from "./catalogue.svelte";
export { explain, type Explained } from "./explain";
export { ago, clock, date, day, dayMonth, minutes, minutesSince, size, when } from "./format";
export { Attempt } from "./attempt.svelte";
export { default as Failure } from "./Failure.svelte";

export { t, language, setLanguage, type Language } from "./catalogue.svelte";
export { explain, type Explained } from "./explain";
export { ago, clock, date, dateShort, day, dayMonth, decimal, length, minutes, minutesSince, percent, size, spanOf, when, whole } from "./format";
export { Attempt } from "./attempt.svelte";
export { default as Failure } from "./Failure.svelte";

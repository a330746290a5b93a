export { default as Avatar } from "./Avatar.svelte";
export { default as Button } from "./Button.svelte";
export { default as Chip } from "./Chip.svelte";
export { default as Dialog } from "./Dialog.svelte";
export { default as Field } from "./Field.svelte";
export { default as IconButton } from "./IconButton.svelte";
export { default as Notice } from "./Notice.svelte";
export { default as Progress } from "./Progress.svelte";
export { ticking } from "./ticking.svelte";

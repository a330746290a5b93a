/** The interface of every window of Opora: which one is shown depends on the window's label. */
import "@fontsource-variable/onest/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "$kit/tokens.css";
import "$kit/base.css";
import { openHost } from "$host";
import { mount } from "svelte";
import App from "./app/App.svelte";

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app");
const host = await openHost();
document.documentElement.dataset.window = host.label.split("-")[0] ?? host.label;
mount(App, { target, props: { host } });

/**
 * The same screens in WebKitGTK, the web view of Linux: `npm run gallery:webkit -- OUT [part of a name]`.
 * Needs Xvfb, MiniBrowser and WebKitWebDriver. Takes pictures and fails when a step does.
 */
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { serve } from "./serve.mjs";
import { screens } from "./screens.mjs";

const out = process.argv[2] ?? "gallery-webkit";
const only = process.argv[3] ?? "";
const browser = process.env.MINIBROWSER ?? "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
const PATIENCE_MS = 15_000;
const { base, close } = await serve();

const display = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], {
  stdio: ["ignore", "ignore", "ignore", "pipe"],
});
const number = await new Promise((done) => display.stdio[3].once("data", (data) => done(String(data).trim())));
const port = 20_000 + (process.pid % 20_000);
const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
  env: { ...process.env, DISPLAY: `:${number}`, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1" },
  stdio: "ignore",
});

async function until(what, check) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await check().catch(() => null);
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 60));
  }
}

async function ask(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

const KEYS = {
  F6: "\uE036",
  F7: "\uE037",
  F9: "\uE039",
  F10: "\uE03A",
  Alt: "\uE00A",
  Control: "\uE009",
  Shift: "\uE008",
  End: "\uE010",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  KeyK: "k",
};

async function step(session, what) {
  const [verb, rest = ""] = what.split(/:(.*)/s);
  const [id, text = ""] = rest.split(/=(.*)/s);
  const [name, which] = id.split(":");
  const at = `${session}/element`;
  const find = (css) =>
    until(css, async () => {
      const all = await ask("POST", `${session}/elements`, { using: "css selector", value: css });
      const one = which === "last" ? all.at(-1) : all[Number(which ?? 0)];
      return one && Object.values(one)[0];
    });
  if (verb === "key") {
    const keys = rest.split("+").map((one) => KEYS[one] ?? one);
    const actions = [...keys.map((value) => ({ type: "keyDown", value })), ...keys.toReversed().map((value) => ({ type: "keyUp", value }))];
    await ask("POST", `${session}/actions`, { actions: [{ type: "key", id: "keys", actions }] });
  } else if (verb === "armed") await find("[data-testid=consent][data-state=armed]");
  else if (verb === "live" || verb === "lost") await find(`[data-testid=viewer][data-state=${verb}]`);
  else {
    const element = await find(verb === "pick" ? `[data-testid=${name}][data-id=${text}]` : `[data-testid=${name}]`);
    if (verb === "click" || verb === "pick") await ask("POST", `${at}/${element}/click`, {});
    if (verb === "type") {
      await ask("POST", `${at}/${element}/clear`, {});
      await ask("POST", `${at}/${element}/value`, { text });
    }
    if (verb === "scroll" || verb === "focus")
      await ask("POST", `${session}/execute/sync`, {
        script: verb === "focus" ? "arguments[0].focus()" : "arguments[0].scrollIntoView({block:'center'})",
        args: [{ "element-6066-11e4-a52e-4f735466cecf": element }],
      });
  }
}

let failed = 0;
await mkdir(out, { recursive: true });
await until("WebKitWebDriver", () => ask("GET", "/status"));
const { sessionId } = await ask("POST", "/session", {
  capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] } } },
});
const session = `/session/${sessionId}`;
for (const screen of screens.filter((one) => one.name.includes(only))) {
  for (const look of (process.env.LOOKS ?? "ru-light-100").split(",")) {
    const [lang, theme, zoom] = look.split("-");
    try {
      await ask("POST", `${session}/window/rect`, { width: Math.max(screen.size[0], 400), height: screen.size[1] + 60 });
      await ask("POST", `${session}/url`, { url: `${base}?${screen.query}&lang=${lang}&theme=${theme}&zoom=${zoom}` });
      for (const what of screen.steps) await step(session, what);
      console.log(`  ${screen.name}-${look}`);
    } catch (error) {
      failed += 1;
      console.log(`! ${screen.name}-${look}: ${error.message}`);
    }
    await writeFile(join(out, `${screen.name}-${look}.png`), await ask("GET", `${session}/screenshot`), "base64");
  }
}
await ask("DELETE", session).catch(() => undefined);
driver.kill();
display.kill();
close();
process.exitCode = failed > 0 ? 1 : 0;

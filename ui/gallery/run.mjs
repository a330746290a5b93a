/**
 * Takes a picture of every screen in both languages, both themes, at 100 and 200 %, and runs axe over
 * each. `npm run build:gallery && npm run gallery -- OUT [part of a name]`. Fails when axe does, when a
 * page logs an error, or when something reaches over the edge of the window.
 */
import axe from "axe-core";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { screens } from "./screens.mjs";
import { serve } from "./serve.mjs";

const out = process.argv[2] ?? "gallery-out";
const only = process.argv[3] ?? "";
const { base, close } = await serve();

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--force-device-scale-factor=1"],
});
await mkdir(out, { recursive: true });
const faults = [];

const looks = [];
for (const lang of ["ru", "en"]) for (const theme of ["light", "dark"]) for (const zoom of [100, 200]) looks.push({ lang, theme, zoom });
// LOOKS=ru-light-100,en-dark-200 takes only these.
const asked = process.env.LOOKS?.split(",");
const chosen = asked ? looks.filter(({ lang, theme, zoom }) => asked.includes(`${lang}-${theme}-${zoom}`)) : looks;

async function step(page, what) {
  const [verb, rest = ""] = what.split(/:(.*)/s);
  const [id, text = ""] = rest.split(/=(.*)/s);
  const [name, which] = id.split(":");
  const all = page.getByTestId(name);
  const one = which === "last" ? all.last() : all.nth(Number(which ?? 0));
  if (verb === "click")
    await one.click({ force: /^(ask-class|rating-star|ask-program|tickets-view|ticket-say-to|ticket-setup-part|workflow-who)/.test(name) });
  else if (verb === "type") await one.fill(text);
  else if (verb === "choose") await one.selectOption(text);
  else if (verb === "key") await page.keyboard.press(rest);
  else if (verb === "focus") await one.focus();
  else if (verb === "one") await page.waitForFunction((id) => document.querySelectorAll(`[data-testid=${id}]`).length === 1, name);
  else if (verb === "pick") await page.locator(`[data-testid=${name}][data-id=${text}]`).click();
  else if (verb === "open") await ((await one.isVisible()) && one.click());
  else if (verb === "see") await one.waitFor({ state: "visible" });
  else if (verb === "scroll") await one.scrollIntoViewIfNeeded();
  else if (verb === "armed") await page.locator("[data-testid=consent][data-state=armed]").waitFor();
  else if (verb === "live" || verb === "lost") await page.locator(`[data-testid=viewer][data-state=${verb}]`).waitFor();
}

async function one(screen, { lang, theme, zoom }) {
  const name = `${screen.name}-${lang}-${theme}-${zoom}`;
  const scale = screen.bar ? zoom / 100 : 1;
  const context = await browser.newContext({
    viewport: { width: Math.round(screen.size[0] * scale), height: Math.round(screen.size[1] * scale) },
    reducedMotion: "reduce",
    locale: lang === "ru" ? "ru-RU" : "en-GB",
    timezoneId: "Asia/Yekaterinburg",
  });
  await context.addInitScript(() => Object.freeze(Object.prototype));
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("console", (line) => line.type() === "error" && faults.push(`${name}: ${line.text()}`));
  page.on("pageerror", (error) => faults.push(`${name}: ${error.message}`));
  try {
    await page.goto(`${base}?${screen.query}&lang=${lang}&theme=${theme}&zoom=${zoom}`);
    for (const what of screen.steps) await step(page, what);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(out, `${name}.png`), animations: "disabled" });
    await page.evaluate(axe.source);
    const result = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const fault of result.violations)
      faults.push(
        `${name}: axe ${fault.id}: ${fault.nodes
          .map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`)
          .slice(0, 2)
          .join(" | ")}`,
      );
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) faults.push(`${name}: ${over} px wider than the window`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, textarea, input:not([type=radio]):not([type=checkbox])")]
        .filter((one) => {
          const box = one.getBoundingClientRect();
          return box.width > 1 && (box.height < 35.5 * (document.documentElement.style.getPropertyValue("--zoom") || 1) || box.width < 35.5);
        })
        .map(
          (one) =>
            `${one.dataset.testid ?? one.className} ${Math.round(one.getBoundingClientRect().width)}x${Math.round(one.getBoundingClientRect().height)}`,
        ),
    );
    for (const target of new Set(small)) faults.push(`${name}: smaller than 36 px: ${target}`);
  } catch (error) {
    faults.push(`${name}: ${String(error).split("\n")[0]}`);
    await page.screenshot({ path: join(out, `${name}-failed.png`) }).catch(() => undefined);
  }
  await context.close();
}

const wanted = screens.filter((screen) => screen.name.includes(only)).flatMap((screen) => chosen.map((look) => [screen, look]));
let done = 0;
await Promise.all(
  [0, 1].map(async () => {
    for (let next = wanted.shift(); next; next = wanted.shift()) {
      await one(...next);
      done += 1;
    }
  }),
);
await browser.close();
close();
await writeFile(join(out, "faults.txt"), faults.join("\n"));
console.log(`${done} pictures in ${out}; ${faults.length} faults`);
for (const fault of faults.slice(0, 60)) console.log(`  ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;

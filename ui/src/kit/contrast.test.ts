/** Every text on every ground it may stand on: at least 4.5 : 1 (WCAG 2.2 AA), in both themes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
type Colour = [r: number, g: number, b: number];

/** OKLCH to linear sRGB (Björn Ottosson, "A perceptual color space for image processing", 2020). */
function linear(l: number, c: number, h: number): Colour {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const cube = (value: number) => value ** 3;
  const [x, y, z] = [
    cube(l + 0.3963377774 * a + 0.2158037573 * b),
    cube(l - 0.1055613458 * a - 0.0638541728 * b),
    cube(l - 0.0894841775 * a - 1.291485548 * b),
  ];
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z),
    clip(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z),
    clip(-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z),
  ];
}

function roles(block: string): Map<string, Colour> {
  return new Map(
    [...block.matchAll(/--([\w-]+): oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)/g)].map(([, name, l, c, h]) => [
      name!,
      linear(Number(l) / 100, Number(c), Number(h)),
    ]),
  );
}

const [light = "", dark = ""] = css.split('[data-theme="dark"]');
const themes = { light: roles(light), dark: new Map([...roles(light), ...roles(dark)]) };
const luminance = ([r, g, b]: Colour) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(one: Colour, other: Colour): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["bg", "surface", "surface-2", "surface-3", "mine", "theirs", "accent-soft", "good-soft", "warn-soft", "bad-soft"];
const texts: [text: string, grounds: string[]][] = [
  ["text", grounds],
  ["text-2", grounds],
  ["text-3", ["bg", "surface", "surface-2", "mine", "theirs", "accent-soft"]],
  ["accent", ["bg", "surface", "surface-2", "accent-soft"]],
  ["good", ["bg", "surface", "surface-2", "good-soft"]],
  ["warn", ["bg", "surface", "surface-2", "mine", "warn-soft"]],
  ["bad", ["bg", "surface", "surface-2", "accent-soft", "bad-soft"]],
  ["on-accent", ["accent", "accent-hover"]],
  ["on-stop", ["stop", "stop-hover"]],
  ["on-bar", ["bar"]],
  ["on-bar-2", ["bar"]],
  ["bar-warn", ["bar"]],
];
const edges: [edge: string, grounds: string[]][] = [
  ["line-strong", ["bg", "surface"]],
  ["accent", ["bg", "surface", "surface-2"]],
  ["star", ["surface"]],
];

describe.each(Object.entries(themes))("in the %s theme", (_, theme) => {
  const pairs = (list: [string, string[]][]) =>
    list.flatMap(([front, backs]) => backs.map((back) => [front, back, contrast(theme.get(front)!, theme.get(back)!)] as const));

  test("every text can be read on every ground", () => {
    expect(
      pairs(texts)
        .filter(([, , value]) => value < 4.5)
        .map(([front, back, value]) => `${front} on ${back}: ${value.toFixed(2)}`),
    ).toEqual([]);
  });

  test("edges of fields, the focus ring and stars can be seen (3 : 1)", () => {
    expect(
      pairs(edges)
        .filter(([, , value]) => value < 3)
        .map(([front, back, value]) => `${front} on ${back}: ${value.toFixed(2)}`),
    ).toEqual([]);
  });

  test("initials can be read on their circle, whatever the hue", () => {
    const dark = theme === themes.dark;
    for (let hue = 0; hue < 360; hue += 15)
      expect(contrast(linear(dark ? 0.9 : 0.36, dark ? 0.06 : 0.1, hue), linear(dark ? 0.36 : 0.88, dark ? 0.07 : 0.06, hue))).toBeGreaterThanOrEqual(
        4.5,
      );
  });
});

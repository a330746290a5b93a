/// <reference types="vitest/config" />
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  base: "./",
  resolve: {
    alias: {
      $host: here("./src/host"),
      $i18n: here("./src/i18n"),
      $kit: here("./src/kit"),
      $features: here("./src/features"),
      $assets: here("../assets"),
    },
    ...(mode === "test" ? { conditions: ["browser"] } : {}),
  },
  server: { fs: { allow: [here("."), here("../assets")] } },
  build: {
    // WebKitGTK 2.50 is the oldest web view that the packages bring.
    target: "safari18",
    // Nothing inline: the content security policy takes no data: fonts or sounds.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  define: { __SCRIPTED__: JSON.stringify(mode === "gallery" || mode === "development") },
  test: { include: ["src/**/*.test.ts"] },
}));

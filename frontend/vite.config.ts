import { defineConfig } from "vite";

const STATIC = "../src/pellucid/web/static";
const PAGES = ["index.html", "play.html"];

/**
 * Two builds of one page. The served one is modules, loaded when needed. The exported one is a single classic script,
 * because browsers load no modules from files that are opened without a server.
 */
export default defineConfig(({ mode }) => ({
  base: "./",
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"], // these know light-dark()
    outDir: mode === "exported" ? `${STATIC}/export` : STATIC,
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: PAGES },
    ...(mode === "exported" && {
      cssCodeSplit: false,
      rolldownOptions: {
        input: "src/main.tsx",
        output: { format: "iife" as const, entryFileNames: "page.js", assetFileNames: "page[extname]" },
      },
    }),
  },
}));

import { defineConfig } from "vite";

const STATIC = "../src/pellucid/web/static";
const PAGES = ["index.html", "play.html"];
/** Pages that are saved as files, by mode: where each begins, and the folder it is built to. */
const SAVED: Record<string, { input: string; folder: string }> = {
  exported: { input: "src/main.tsx", folder: "export" },
  exportedPlay: { input: "src/savedPlay.tsx", folder: "export-play" },
};

/**
 * The served pages are modules, loaded when needed. A saved one is a single classic script, because browsers load no modules
 * from files that are opened without a server.
 */
export default defineConfig(({ mode }) => {
  const saved = SAVED[mode];
  return {
    base: "./",
    build: {
      target: "es2022",
      cssTarget: ["chrome123", "firefox120", "safari17.5"], // these know light-dark()
      outDir: saved ? `${STATIC}/${saved.folder}` : STATIC,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      cssCodeSplit: !saved,
      rolldownOptions: saved
        ? { input: saved.input, output: { format: "iife" as const, entryFileNames: "page.js", assetFileNames: "page[extname]" } }
        : { input: PAGES },
    },
  };
});

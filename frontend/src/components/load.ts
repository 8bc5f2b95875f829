import type { Plot } from "./plot";

let loading: Promise<typeof Plot> | null = null;

/** The code of charts is loaded with the first chart. */
export function loadPlot(): Promise<typeof Plot> {
  loading ??= (() => {
    // uPlot asks Intl for the browser's language when it is loaded, and fails where that is none ("en-US@posix").
    if (!isLanguage(navigator.language)) Object.defineProperty(navigator, "language", { value: "en-US", configurable: true });
    return import("./plot").then((module) => module.Plot);
  })();
  return loading;
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

import { effect, signal } from "@preact/signals";

/** What a reader prefers on every page, kept in the browser. Where it keeps nothing (a private window), it is asked anew. */
export type Theme = "auto" | "light" | "dark";

export const theme = signal<Theme>(stored("theme", ["auto", "light", "dark"]) ?? "auto");
/** Grows whenever colours change: what is drawn on a canvas is drawn again. */
export const colours = signal(0);

export function startPreferences(): void {
  effect(() => {
    if (theme.value === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme.value;
    store("theme", theme.value);
    colours.value = colours.peek() + 1;
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => colours.value++);
}

export function stored<T extends string>(name: string, allowed: readonly T[]): T | null {
  try {
    const value = localStorage.getItem(`pellucid.${name}`);
    return allowed.find((one) => one === value) ?? null;
  } catch {
    return null;
  }
}

export function store(name: string, value: string): void {
  try {
    localStorage.setItem(`pellucid.${name}`, value);
  } catch {
    // Nothing is kept here: the choice holds for this page.
  }
}

import { effect, signal } from "@preact/signals";
import { store, stored } from "../state/preferences";
import { en, type Key } from "./en";
import { zh } from "./zh";

export type Language = "en" | "zh-CN";
export type { Key } from "./en";

const catalogues: Record<Language, Record<Key, string>> = { en, "zh-CN": zh };

export const LANGUAGES: readonly (readonly [Language, string])[] = [["en", "English"], ["zh-CN", "简体中文"]];

/** The reader's choice, else the first of the browser's languages that is known. */
export function chooseLanguage(kept: Language | null, wanted: readonly string[]): Language {
  if (kept) return kept;
  const known = wanted.map((tag) => (/^zh\b/i.test(tag) ? "zh-CN" : /^en\b/i.test(tag) ? "en" : null));
  return known.find((language) => language !== null) ?? "en";
}

export const language = signal<Language>("en");

export function startLanguage(): void {
  language.value = chooseLanguage(stored("language", ["en", "zh-CN"]), navigator.languages ?? []);
  effect(() => {
    document.documentElement.lang = language.value;
  });
}

export function setLanguage(chosen: Language): void {
  language.value = chosen;
  store("language", chosen);
}

/** A sentence in the reader's language; `{name}` stands for what is put in. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return catalogues[language.value][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

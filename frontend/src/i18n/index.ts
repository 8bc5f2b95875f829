import { effect, signal } from "@preact/signals";
import { store, stored } from "../state/preferences";
import { en, type CommonKey } from "./common/en";
import { zh } from "./common/zh";
import type { PlayKey } from "./play/en";
import type { WatchKey } from "./watch/en";

export type Language = "en" | "zh-CN";
/** Of all pages; at work are the common ones and those that a page registered. */
export type Key = CommonKey | WatchKey | PlayKey;

type Catalogue = Readonly<Partial<Record<Key, string>>>;

const catalogues: Record<Language, Catalogue> = { en, "zh-CN": zh };

/** Add the sentences of a page: each page carries its own alone. */
export function register(english: Catalogue, chinese: Catalogue): void {
  catalogues.en = { ...catalogues.en, ...english };
  catalogues["zh-CN"] = { ...catalogues["zh-CN"], ...chinese };
}

export const isKey = (text: string): text is Key => text in catalogues.en;

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
  return (catalogues[language.value][key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

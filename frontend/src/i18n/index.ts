import { effect, signal } from "@preact/signals";
import { store, stored } from "../state/preferences";
import { en, type CommonKey } from "./common/en";
import type { PlayKey } from "./play/en";
import type { WatchKey } from "./watch/en";

export type Language = "en" | "zh-CN";
/** Of all pages; at work are the common ones and those that a page registered. */
export type Key = CommonKey | WatchKey | PlayKey;

type Catalogue = Readonly<Partial<Record<Key, string>>>;

const catalogues: Record<Language, Catalogue> = { en, "zh-CN": {} };
const loads = [() => import("./common/zh").then(({ zh }): Catalogue => zh)];

/** Add the sentences of a page: each page carries its own alone, and of other languages than English none that is not wanted. */
export function register(english: Catalogue, loadChinese: () => Promise<Catalogue>): void {
  catalogues.en = { ...catalogues.en, ...english };
  loads.push(loadChinese);
}

export async function loadLanguage(wanted: Language): Promise<void> {
  if (wanted === "en") return;
  const parts = await Promise.all(loads.map((load) => load()));
  catalogues[wanted] = Object.assign({}, ...parts) as Catalogue;
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

/** Settles when the sentences of the reader's language are here, or cannot be had: then it is English. */
export function startLanguage(): Promise<void> {
  effect(() => {
    document.documentElement.lang = language.value;
  });
  return change(chooseLanguage(stored("language", ["en", "zh-CN"]), navigator.languages ?? []));
}

export function setLanguage(chosen: Language): void {
  store("language", chosen);
  void change(chosen);
}

const change = (wanted: Language): Promise<void> =>
  loadLanguage(wanted).then(
    () => void (language.value = wanted),
    () => undefined,
  );

/** A sentence in the reader's language; `{name}` stands for what is put in. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return (catalogues[language.value][key] ?? catalogues.en[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Engines give the reasons of a derivation in English; in other languages the page says the usual ones in theirs. */
import { signal } from "@preact/signals";
import { language, type Language } from "../../i18n";

interface Catalogue {
  sentences: Readonly<Record<string, string>>;
  patterns: readonly (readonly [RegExp, string])[];
}

const CATALOGUES: Partial<Record<Language, () => Promise<Catalogue>>> = { "zh-CN": () => import("../../i18n/play/derivation.zh") };
const loaded = signal<Partial<Record<Language, Catalogue>>>({});

/** A reason in the page's language, and the language that it is in: English where it is in no catalogue. */
export function sayReason(reason: string): { text: string; lang: string } {
  const wanted = language.value;
  const catalogue = loaded.value[wanted];
  if (!catalogue) void load(wanted);
  const text = catalogue && translated(reason, catalogue);
  return text ? { text, lang: wanted } : { text: reason, lang: "en" };
}

const begun = new Set<Language>();

async function load(wanted: Language): Promise<void> {
  const open = CATALOGUES[wanted];
  if (!open || begun.has(wanted)) return;
  begun.add(wanted);
  loaded.value = { ...loaded.peek(), [wanted]: await open() };
}

/** A sentence as it is, or of a pattern, whose parts are said likewise. */
export function translated(reason: string, catalogue: Catalogue): string | undefined {
  const whole = catalogue.sentences[reason];
  if (whole) return whole;
  for (const [pattern, said] of catalogue.patterns) {
    const found = pattern.exec(reason);
    if (found) return said.replace(/\$(\d)/g, (_, at: string) => catalogue.sentences[found[Number(at)]!] ?? found[Number(at)]!);
  }
  return undefined;
}

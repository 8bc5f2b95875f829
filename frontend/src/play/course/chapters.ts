/** The chapters that come with the page, loaded when the course is opened; and those that a teacher brings. */
import { signal } from "@preact/signals";
import { language, type Language } from "../../i18n";
import { parseChapter, type Chapter } from "./parse";

const files = import.meta.glob<string>("../../../../src/pellucid/playground/course/*/*.md", { query: "?raw", import: "default" });

/** The names of the chapters, in their order: "01-neuron" ... */
export const CHAPTERS: readonly string[] = [...new Set(Object.keys(files).map((path) => /([^/]+)\.md$/.exec(path)![1]!))].sort();

/** A chapter of one's own, opened from a file: it is in no address. */
export const ownChapter = signal<Chapter | null>(null);
export const OWN = "own";

export async function loadChapter(name: string, wanted: Language = language.peek()): Promise<Chapter> {
  const load = Object.entries(files).find(([path]) => path.endsWith(`/${wanted}/${name}.md`))?.[1];
  if (!load) throw new Error(name);
  return parseChapter(await load());
}

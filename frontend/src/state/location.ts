import { computed, signal } from "@preact/signals";

/**
 * What is looked at, as the address says it: `#v1/run/ID?tab=curves&smooth=0.6`. Everything of a view is in the address,
 * so that it can be sent to another and Back works. An address of another version is read as far as its words are known.
 */
export type View = "runs" | "run";

export interface Place {
  view: View;
  run: string | null;
  options: ReadonlyMap<string, string>;
  /** An address that was not understood, in whole or in part. */
  dropped: boolean;
}

export const VERSION = "v1";
const VIEWS: readonly View[] = ["runs", "run"];

export function parsePlace(hash: string): Place {
  const [path = "", search = ""] = splitOnce(hash.replace(/^#/, ""), "?");
  const [version = "", view = "", ...rest] = path.split("/");
  const options = new Map(new URLSearchParams(search));
  if (path === "") return { view: "runs", run: null, options, dropped: false };
  const known = VIEWS.find((name) => name === view);
  const run = known === "run" ? decode(rest.join("/")) : null;
  const bad = known === undefined || (known === "run" && !run);
  if (bad) return { view: "runs", run: null, options: new Map(), dropped: true };
  return { view: known, run, options, dropped: version !== VERSION };
}

export function formatPlace(view: View, run: string | null, options: ReadonlyMap<string, string>): string {
  const path = run === null ? view : `${view}/${encodeURIComponent(run)}`;
  const search = new URLSearchParams([...options].filter(([, value]) => value !== "")).toString();
  return `#${VERSION}/${path}${search ? `?${search}` : ""}`;
}

const hash = signal(typeof location === "undefined" ? "" : location.hash);
if (typeof window !== "undefined") window.addEventListener("hashchange", () => (hash.value = location.hash));

export const place = computed(() => parsePlace(hash.value));

export const option = (name: string, otherwise = ""): string => place.value.options.get(name) ?? otherwise;

/** Options become part of the address. What is changed in passing (a slider, a word being typed) leaves no entry to go Back to. */
export function setOptions(changes: Record<string, string | null>, history: "push" | "replace" = "push"): void {
  const { view, run, options } = place.value;
  const next = new Map(options);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") next.delete(name);
    else next.set(name, value);
  }
  go(formatPlace(view, run, next), history);
}

export function go(address: string, history: "push" | "replace" = "push"): void {
  if (address === location.hash) return;
  if (history === "push") window.history.pushState(null, "", address);
  else window.history.replaceState(null, "", address);
  hash.value = address;
}

export const runAddress = (id: string): string => formatPlace("run", id, new Map());

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

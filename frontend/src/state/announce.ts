import { signal } from "@preact/signals";
import type { Status } from "../api/types";

/** What a screen reader says without being asked: a run's change of state, a finding, and now and then an epoch's end. */
export type Announcement =
  | { kind: "status"; name: string; status: Status }
  | { kind: "finding"; text: string }
  | { kind: "epoch"; name: string; epoch: number; metric: string; value: number };

export const announcement = signal<Announcement | null>(null);

/** Milliseconds from an epoch told of to the next, and from anything else: nobody is to be talked over. */
const REST = 10_000;
let told = -REST;

export function announce(what: Announcement, now = performance.now()): void {
  if (what.kind === "epoch" && now - told < REST) return;
  told = now;
  announcement.value = what;
}

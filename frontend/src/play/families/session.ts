/** The family that is open: its frames come from the engine, settings and commands go there. */
import { batch, effect, signal } from "@preact/signals";
import type { Envelope } from "../../api/envelope";
import { LossHistory } from "../history";
import { hear, hello, pause, send } from "../session";
import { readFamilyFrame, type FamilyFrame } from "./frames";
import type { FamilyName } from "./names";

export const family = signal<FamilyFrame | null>(null);
/** Losses on the way of the family that is open; another object when there are new rows. */
export const losses = signal<{ readonly history: LossHistory }>({ history: new LossHistory() });

type Do = "run" | "pause" | "step" | "reset" | "set";

let open: FamilyName | null = null;
type Settings = Readonly<Record<string, unknown>>;
/** The settings of each as frames had them, for an engine that knows nothing of them, and those that the page asked for since. */
const kept = new Map<FamilyName, Settings>();
const asked = new Map<FamilyName, Settings>();

export function openFamily(name: FamilyName): () => void {
  open = name;
  pause(); // the points wait
  const stop = effect(() => {
    if (hello.value?.engine === "python") send({ type: "family", name, do: "open", settings: { ...kept.get(name), ...asked.get(name) } });
  });
  return () => {
    stop();
    open = null;
    batch(() => {
      family.value = null;
      losses.value = { history: new LossHistory() };
    });
    send({ type: "family", name, do: "close" });
  };
}

export function tell(what: Do, count = 1): void {
  if (open) send({ type: "family", name: open, do: what, count });
}

/** A setting as it was last asked for: frames lag behind quick hands. */
export const settingNow = (frame: FamilyFrame, name: string): unknown => ({ ...frame.settings, ...asked.get(frame.name) })[name];

let waiting: Settings | null = null;

/** Change settings: what is changed several times before the screen is drawn again is sent once. */
export function set(settings: Settings): void {
  const isFirst = waiting === null;
  waiting = { ...waiting, ...settings };
  if (open) asked.set(open, { ...asked.get(open), ...settings });
  if (isFirst) requestAnimationFrame(sendSettings);
}

function sendSettings(): void {
  if (open && waiting) send({ type: "family", name: open, do: "set", settings: waiting });
  waiting = null;
}

hear("family", (envelope: Envelope) => {
  const next = readFamilyFrame(envelope);
  if (next.name === open) {
    kept.set(next.name, next.settings);
    const rows = next.array("history");
    requestAnimationFrame(() => {
      if (next.name !== open) return;
      const { history } = losses.peek();
      const isNew = rows.values.length > 0 || next.history_from === 0;
      history.add(rows, next.history_from);
      batch(() => {
        family.value = next;
        if (isNew) losses.value = { history };
      });
    });
  }
  requestAnimationFrame(() => setTimeout(() => send({ type: "drawn", frame: next.frame })));
});

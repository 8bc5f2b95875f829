/** Where the learner is: a chapter, a step, and what was done since the step began. */
import { batch, computed, effect, signal } from "@preact/signals";
import { isRecord } from "../fields";
import { selected, selectedPoint } from "../selection";
import { activity, beginWith, frame, noteSelected, type Activity } from "../session";
import { changeView, state, takeState } from "../store";
import { language } from "../../i18n";
import { CHAPTERS, OWN, loadChapter, ownChapter } from "./chapters";
import { holds } from "./conditions";
import { measure } from "./measure";
import { parseChapter, type Chapter } from "./parse";

export const chapter = signal<Chapter | null>(null);
export const stepIndex = signal(0);
/** What the learner typed. */
export const answer = signal<number | null>(null);
export const fault = signal<string | null>(null);
/** The furthest step that was done, plus one. */
const reached = signal(0);
const begun = signal<{ activity: Activity; epoch: number; step: number }>({ activity: activity.peek(), epoch: 0, step: 0 });

/** After a fresh begin: the epoch of the last frame, while frames are still those of what was there before; else null. */
const staleEpoch = signal<number | null>(null);
const epochShown = (): number => frame.value?.networks[state.value.view.network]?.epoch ?? 0;

/** The course in the address, "02-gates/3"; empty: none. */
const place = computed(() => {
  const [name = "", step = "1"] = state.value.view.course.split("/");
  return { name, step: Math.max(0, (Number.parseInt(step, 10) || 1) - 1) };
});

export const chapterName = computed(() => place.value.name);
export const step = computed(() => chapter.value?.steps[stepIndex.value] ?? null);

/** Once a step is done it stays done: its numbers go on changing. */
const doneNow = computed(() => {
  const until = step.value?.until ?? [];
  if (until.length === 0) return true;
  const { activity: since, epoch, step: first } = begun.value;
  const measured = measure(state.value, staleEpoch.value === null ? frame.value : null, activity.value, since, { epoch, step: first }, answer.value);
  return until.every((condition) => holds(condition, measured));
});
export const isDone = computed(() => stepIndex.value < reached.value || doneNow.value);

export const open = (name: string, step = 0): void => changeView({ course: `${name}/${step + 1}` });
/** A chapter of one's own, from a file; what is wrong with it is said in its place. */
export async function openOwn(file: File): Promise<void> {
  try {
    ownChapter.value = parseChapter(await file.text());
    open(OWN);
  } catch (error) {
    open(OWN);
    fault.value = (error as Error).message;
  }
}

export const leave = (): void => changeView({ course: "" });
export const goTo = (index: number): void => open(chapterName.peek(), index);

export function nextChapter(): string | null {
  const index = CHAPTERS.indexOf(chapterName.value);
  return index < 0 ? null : (CHAPTERS[index + 1] ?? null);
}

/** Follow the address: load the chapter, begin the step. */
export function startCourse(): void {
  let loaded = "";
  effect(() => {
    const { name, step: index } = place.value;
    const key = name === OWN ? OWN : `${language.value}/${name}`;
    const found = name === OWN ? Promise.resolve(ownChapter.value) : name ? loadChapter(name, language.value) : Promise.resolve(null);
    void found.then(
      (next) => {
        if (place.peek().name !== name) return;
        const isNew = loaded.split("/").at(-1) !== name;
        const moved = isNew || stepIndex.peek() !== index || chapter.peek() === null;
        loaded = key;
        batch(() => {
          fault.value = next || !name ? null : name === OWN ? (fault.peek() ?? name) : name; // of an own file it was said what is wrong
          chapter.value = next;
          stepIndex.value = Math.min(index, (next?.steps.length ?? 1) - 1);
          if (isNew) reached.value = stepIndex.peek();
          if (next && moved) beginStep(); // what was done before counts in no step
        });
      },
      (error: unknown) => (fault.value = String((error as Error).message)),
    );
  });
  effect(() => {
    if (selected.value) noteSelected(kindOf(selected.value));
  });
  effect(() => {
    if (selectedPoint.value) noteSelected("point");
  });
  effect(() => {
    const before = staleEpoch.peek();
    const epoch = epochShown();
    if (before !== null) staleEpoch.value = epoch === 0 || epoch < before ? null : epoch;
  });
  effect(() => {
    if (doneNow.value && step.value && step.value.until.length) reached.value = Math.max(reached.peek(), stepIndex.peek() + 1);
  });
}

/** A weight, a bias or a unit, by the name it is selected by: `dense_1/W[0, 1]`, `dense_1/b[1]`, `dense_1[1]`. */
const kindOf = (target: string): string => (target.includes("/W[") ? "weight" : target.includes("/b[") ? "bias" : "unit");

/** Put state and weights of the step in place, and count from here. */
export function beginStep(): void {
  const now = step.peek();
  answer.value = null;
  if (now?.state) {
    const view = { ...(isRecord(now.state["view"]) ? now.state["view"] : {}), course: state.peek().view.course };
    takeState({ ...now.state, view });
  }
  if (now?.state || now?.weights) beginWith(now.weights);
  const network = frame.peek()?.networks[state.peek().view.network];
  const fresh = Boolean(now?.state || now?.weights);
  if (fresh) staleEpoch.value = network?.epoch || null;
  begun.value = { activity: activity.peek(), epoch: fresh ? 0 : (network?.epoch ?? 0), step: fresh ? 0 : (network?.step ?? 0) };
}

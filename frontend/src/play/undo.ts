import { computed, signal } from "@preact/signals";

/** What was done and can be undone: a change of the state, a weight set by hand. */
export interface Step {
  undo(): void;
  redo(): void;
}

const MOST = 200;
const steps = signal<readonly Step[]>([]);
/** So many of the steps are done; those after it were undone. */
const done = signal(0);

export const canUndo = computed(() => done.value > 0);
export const canRedo = computed(() => done.value < steps.value.length);

export function record(step: Step): void {
  steps.value = [...steps.value.slice(0, done.value), step].slice(-MOST);
  done.value = steps.value.length;
}

export function undo(): void {
  if (!canUndo.value) return;
  done.value--;
  steps.value[done.value]!.undo();
}

export function redo(): void {
  if (!canRedo.value) return;
  done.value++;
  steps.value[done.value - 1]!.redo();
}

export function forgetSteps(): void {
  steps.value = [];
  done.value = 0;
}

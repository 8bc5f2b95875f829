/** The learning rate as a function of the step, counted from 0, as `pellucid/playground/optimizer.py` makes it. */
import type { NetworkState } from "../../state";

type Schedule = (step: number, steps: number) => number;

/** What the rate is multiplied by; `steps` is how long a schedule takes. */
const SCHEDULES: Record<NetworkState["schedule"], Schedule> = {
  constant: () => 1,
  step: (step, steps) => 0.5 ** Math.floor(step / steps),
  exponential: (step, steps) => 0.5 ** (step / steps),
  inverse_time: (step, steps) => 1 / (1 + step / steps),
  cosine: (step, steps) => (1 + Math.cos(Math.PI * Math.min(1, step / steps))) / 2,
  warmup: (step, steps) => Math.min(1, (step + 1) / (steps + 1)),
};

export function learningRate(state: NetworkState, stepsAnEpoch: number, step: number): number {
  return state.learning_rate * SCHEDULES[state.schedule](step, state.schedule_epochs * stepsAnEpoch);
}

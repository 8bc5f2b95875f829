/** What a question is: it is asked of a session as it is now, and answered by values and arrays. */
import type { PlayState } from "../../../state";
import type { Numbers } from "../envelope";
import type { Training } from "../training";

export interface Scene {
  state: PlayState;
  trainings: readonly Training[];
}

export interface Answer {
  values: Record<string, unknown>;
  arrays?: Numbers[];
}

export type About = Readonly<Record<string, unknown>>;
export type Question = (scene: Scene, about: About) => Answer;

/** The training that a question is about. */
export function trainingOf({ trainings }: Scene, { network = 0 }: About): Training {
  const found = trainings[network as number];
  if (!found) throw new Error(`there are networks 0 to ${trainings.length - 1}, not ${JSON.stringify(network)}`);
  return found;
}

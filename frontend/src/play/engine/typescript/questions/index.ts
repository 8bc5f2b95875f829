/** The questions that the page may ask, by name. */
import { stored } from "../snapshot";
import { explain } from "../explain";
import { check } from "./check";
import { exportNetwork } from "./export";
import type { About, Answer, Question, Scene } from "./question";
import { regions } from "./regions";
import { stages } from "./stages";
import { surface } from "./surface";
import { thumbnails } from "./thumbnails";

const snapshot: Question = ({ trainings }) => ({ values: { networks: trainings.map(stored) } });

export const QUESTIONS: Readonly<Record<string, Question>> = {
  snapshot, thumbnails, explain, stages, check, surface, regions, export: exportNetwork,
};

/** Throws, in one line, for what cannot be answered: what this page lacks says where it is found. */
export function answerQuestion(what: string, about: About, scene: Scene): Answer {
  const question = Object.hasOwn(QUESTIONS, what) ? QUESTIONS[what] : undefined;
  if (!question) throw new Error(`a saved page cannot answer "${what}": pip install pellucid, then pellucid play`);
  return question(scene, about);
}

import type { PlayState } from "../state";

/** The engine needs a training point. */
export const isTrainable = ({ data: { name, points } }: PlayState): boolean => name !== "own" || points.some(({ test }) => !test);

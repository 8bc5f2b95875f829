import type { PlayState } from "../state";

/** The engine trains on two points or more. */
export const isTrainable = ({ data: { name, points } }: PlayState): boolean => name !== "own" || points.filter(({ test }) => !test).length >= 2;

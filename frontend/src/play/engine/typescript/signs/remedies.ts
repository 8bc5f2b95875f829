/** What to try against a symptom: a part of the network's state: `pellucid/playground/remedies.py`. */
import type { Activation, LayerState, NetworkState } from "../../../state";
import type { Symptom } from "./symptom";

type Patch = Partial<NetworkState>;
type Remedy = (symptom: Symptom, state: NetworkState, layers: string[]) => Patch | null;

/** Learning rates that a remedy may choose: those of the page. */
const RATES = [1e-5, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
/** A rate is chosen that would be steady at twice the sharpness: it grows as training goes on. */
const STEADY = 0.5;
/** Weights below this have been taken away by the penalty. */
const GONE = 1e-3;

/** The largest rate that is at most `rate`. */
const slower = (rate: number): number => RATES.findLast((known) => known <= rate * (1 + 1e-9)) ?? RATES[0]!;

/** The hidden layers with another activation, that at `path` alone or all. */
const another = (activation: Activation, path: string | null, { layers }: NetworkState, paths: string[]): LayerState[] =>
  layers.map((layer, l) => ({ units: layer.units, activation: path === null || path === paths[l] ? activation : layer.activation }));

/** To one significant digit. */
const rounded = (number: number): number => Number(number.toPrecision(1));

const REMEDIES: Record<string, Remedy> = {
  divergence: (_, { learning_rate }) => ({ learning_rate: slower(learning_rate / 10) }),
  oscillation: ({ seen }, { learning_rate }) => ({
    learning_rate: slower((learning_rate * STEADY * Number(seen["limit"])) / Number(seen["sharpness"])),
  }),
  dead_units: ({ path }, state, layers) => ({ layers: another("leaky_relu", path, state, layers) }),
  saturated_units: ({ path }, state, layers) => {
    if (state.initializer === "large") return { initializer: "glorot" };
    if (["none", "centre", "decorrelate"].includes(state.preparation)) return { preparation: "normalise" };
    return { layers: another("relu", path, state, layers), initializer: "he" };
  },
  fading_gradients: (_, state, layers) =>
    state.initializer === "small" || state.initializer === "zeros"
      ? { initializer: "glorot" }
      : { layers: another("relu", null, state, layers), initializer: "he" },
  exploding_gradients: (_, { initializer, clip_norm, learning_rate }) => {
    if (initializer === "large") return { initializer: "glorot" };
    return clip_norm === null ? { clip_norm: 1 } : { learning_rate: slower(learning_rate / 10) };
  },
  overfitting: (_, { penalty, penalty_rate }) => {
    if (penalty === "none" || !penalty_rate) return { penalty: "l2", penalty_rate: 0.003 };
    return penalty_rate < 0.1 ? { penalty_rate: Math.min(0.1, rounded(penalty_rate * 3)) } : { patience: 50 };
  },
  symmetric_units: (_, { initializer }) => (initializer === "glorot" ? null : { initializer: "glorot" }),
  no_progress: ({ seen }, { penalty, seed, learning_rate }) => {
    if (penalty !== "none" && Number(seen["weights"]) < GONE) return { penalty: "none", penalty_rate: 0, seed: seed + 1 };
    const faster = RATES.find((rate) => rate > learning_rate * 3);
    return faster === undefined ? null : { learning_rate: faster };
  },
};

/** None where no change is known. `layers` are the paths of the hidden layers. */
export const remedyOf = (symptom: Symptom, state: NetworkState, layers: string[]): Patch | null =>
  REMEDIES[symptom.name]?.(symptom, state, layers) ?? null;

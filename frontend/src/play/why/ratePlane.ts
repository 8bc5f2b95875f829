/** The plane of step size (logarithmic, to the right) and momentum (upwards), and where steps stay steady. */
import type { NetworkState } from "../state";
import type { Patch } from "./remedies";

export const LEAST_RATE = 1e-4;
export const MOST_RATE = 10;
export const MOST_MOMENTUM = 0.99;
const DECADES = Math.log10(MOST_RATE / LEAST_RATE);

/** Momentum is on a scale on which 0.9 and 0.99 are apart: a share of the height. */
export const heightOf = (momentum: number): number => Math.log10(1 - Math.min(momentum, MOST_MOMENTUM)) / Math.log10(1 - MOST_MOMENTUM);
export const momentumAt = (height: number): number => 1 - (1 - MOST_MOMENTUM) ** clamp(height);

export const shareOf = (rate: number): number => clamp(Math.log10(rate / LEAST_RATE) / DECADES);
export const rateAt = (share: number): number => LEAST_RATE * 10 ** (DECADES * clamp(share));

const clamp = (share: number): number => Math.min(Math.max(share, 0), 1);
/** To two figures: what is dragged is no longer a number that nobody would type. */
export const round = (value: number): number => Number(value.toPrecision(2));

export const hasMomentum = (optimizer: NetworkState["optimizer"]): boolean => optimizer === "momentum" || optimizer === "nesterov";
export const momentumOf = ({ optimizer, momentum }: NetworkState): number => (hasMomentum(optimizer) ? momentum : 0);

/** What a place of the plane makes of a network: gradient descent is momentum 0; other rules keep theirs. */
export function patchAt(network: NetworkState, rate: number, momentum: number): Patch {
  const learning_rate = round(rate);
  if (network.optimizer === "gradient_descent") return momentum > 0.01 ? { learning_rate, optimizer: "momentum", momentum: round(momentum) } : { learning_rate };
  return hasMomentum(network.optimizer) ? { learning_rate, momentum: round(momentum) } : { learning_rate };
}

/** The largest rate that is steady on a parabola: 2 (1 + m) / sharpness, after Nesterov 2 (1 + m) / ((1 + 2 m) sharpness); null for other rules. */
export function steadyRate(optimizer: NetworkState["optimizer"], momentum: number, sharpness: number | null): number | null {
  if (sharpness === null || !(sharpness > 0)) return null;
  if (optimizer === "nesterov") return (2 * (1 + momentum)) / ((1 + 2 * momentum) * sharpness);
  return optimizer === "gradient_descent" || optimizer === "momentum" ? (2 * (1 + momentum)) / sharpness : null;
}

/** Units that are dead, saturated or alike: `pellucid/diagnosis/symptoms`. */
import { warning, type FindSymptoms } from "./symptom";
import { isBounded, largestSlope } from "./unit_statistics";

/** Half of a layer: dead units below that are seen in healthy networks too; so are fewer flat derivatives. */
const HALF = 0.5;

export const deadUnits: FindSymptoms = ({ network: { layers }, units, hasLossToWin }) =>
  layers.layers.slice(0, -1).flatMap(({ path, activation }, l) => {
    const { dead } = units.layers[l]!;
    const which = [...dead.keys()].filter((unit) => dead[unit]);
    if (!activation || !(largestSlope(activation) > 0) || which.length === 0) return [];
    const harms = which.length / dead.length > HALF && hasLossToWin;
    return [{ ...warning("dead_units", path, { dead: which.length, units: dead.length }), level: harms ? "warning" : "note", which: which.join(", ") }];
  });

export const saturatedUnits: FindSymptoms = ({ network: { layers }, units, hasLossToWin }) =>
  layers.layers.slice(0, -1).flatMap(({ path, kind }, l) => {
    const { flat } = units.layers[l]!;
    const share = flat.reduce((sum, part) => sum + part, 0) / flat.length;
    if (!hasLossToWin || !isBounded(kind) || !(share > HALF)) return [];
    return [warning("saturated_units", path, { saturated: flat.filter((part) => part > HALF).length, units: flat.length, share })];
  });

/** Exact: equal weights in, bias and weights out. Dropout tells units apart. */
export const symmetricUnits: FindSymptoms = ({ network: { layers, state }, subject: { w } }) =>
  state.dropout ? [] : layers.layers.slice(0, -1).flatMap(({ path, units, W }, l) => {
    const after = layers.layers[l + 1]!;
    const sums = (after.b - after.W) / units;
    const alike = new Map<string, number>();
    for (let unit = 0; unit < units; unit++) {
      const own = w.subarray(W, after.W).filter((_, i) => i % units === unit);
      const out = w.subarray(after.W + unit * sums, after.W + (unit + 1) * sums);
      const key = `${own.join()} ${out.join()}`;
      alike.set(key, (alike.get(key) ?? 0) + 1);
    }
    const count = [...alike.values()].filter((times) => times > 1).reduce((sum, times) => sum + times, 0);
    return count ? [warning("symmetric_units", path, { alike: count, units })] : [];
  });

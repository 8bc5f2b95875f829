/** Where a number comes from, with all numbers put in: the derivation of a dense network, in the form of Python's. */
import { subjectOf } from "../questions/about";
import type { Question } from "../questions/question";
import type { Subject } from "../questions/subject";
import { preActivations } from "../layer";
import { formula, named } from "./formula";
import { lightsOf } from "./lights";
import { NetworkSteps } from "./network_steps";
import { findPlace, type Place } from "./place";
import { Steps, type Step } from "./steps";
import { updateSteps } from "./update_steps";

/** Examples times units: of more a derivation would be too long to read. */
const MOST = 3_000;

const LEADS: Record<string, string> = {
  forward: "From the inputs through one layer after another to the loss E. Numbers are kept in full, so the last digit shown may be one off from what rounded numbers give.",
  backward: "From the loss back: the gradients by the numbers of a layer follow from those of the next layer.",
  update: "The loss rises along the gradient; the update rule takes a step the other way.",
  check: "The same gradient computed by other methods, which use none of the formulas above.",
};

export const explain: Question = (scene, about) => {
  const subject = subjectOf(scene, about);
  const place = findPlace(subject, (about["target"] as string | null | undefined) ?? null);
  const units = subject.network.layers.layers.reduce((sum, layer) => sum + layer.units, 0);
  if (subject.rows * units > MOST) {
    throw new Error(`${subject.rows} examples in a network of this size are too many for one derivation: choose one example, or a smaller batch`);
  }
  const g = new Float64Array(subject.w.length);
  subject.gradients(subject.w, g);
  const lights = lightsOf(subject, place, g);
  const derivation = derive(subject, place, g, about["step"] !== false);
  return { values: { target: place.name, examples: subject.rows, inputs: subject.inputs, derivation, lights } };
};

function derive(subject: Subject, place: Place, g: Float64Array, withStep: boolean) {
  const steps = new Steps();
  const network = new NetworkSteps(subject, steps);
  const forward = network.forward();
  const { steps: backward, value, name } = network.backward(place);
  const layers = columns(subject);
  const update = withStep && place.kind === "weight" ? updateSteps(subject, place, g, steps) : [];
  steps.rename(name, "derived");
  const check = checkSteps(subject, place, value, steps);
  const sections = { forward, backward, update, check };
  return {
    version: 1, subject: name, value,
    sections: Object.entries(sections).filter(([, found]) => found.length > 0)
      .map(([section, found]) => ({ name: section, lead: LEADS[section]!, note: "", steps: found })),
    network: layers,
  };
}

/** The slope measured: the whole network again with the number a little larger and a little smaller. */
function checkSteps(subject: Subject, place: Place, derived: number, steps: Steps): Step[] {
  const { moved, size } = lineAlong(subject, place);
  const h = 1e-5 * Math.max(1, Math.abs(size));
  const [above, below] = [named("E(+h)", moved(h)), named("E(-h)", moved(-h))];
  const value = (above.value - below.value) / (2 * h);
  const [given, numerical] = [named("derived", derived), named("numerical", value)];
  const error = Math.abs(derived - value) / Math.max(Math.abs(derived), Math.abs(value), 1e-12);
  const difference = formula`(${above} - ${below}) / (2 * ${named("h", h)})`;
  const relative = formula`abs(${given} - ${numerical}) / max(abs(${given}), abs(${numerical}), 1e-12)`;
  const verdict = error <= 1e-7 ? "below 1e-7: right" : error <= 1e-4 ? "bends and rounding may explain it: look closer" : "more than rounding explains, unless a unit switches within h";
  return [
    steps.add(above.name, null, above.value, "the whole network again, with this number a little larger"),
    steps.add(below.name, null, below.value, "and a little smaller"),
    steps.add(numerical.name, difference, value, "the slope between the two"),
    steps.add("relative error", relative, error, `how far the derived gradient is from the numerical one; ${verdict}`),
  ];
}

/** The loss by how much the number at a place is moved, and the number. */
function lineAlong(subject: Subject, place: Place): { moved: (by: number) => number; size: number } {
  const { network: { layers, objective }, w, x, targets } = subject;
  const layer = layers.layers[place.layer];
  if (place.kind === "weight") {
    return { size: w[place.at]!, moved: (by) => subject.loss(w.map((number, i) => (i === place.at ? number + by : number))) };
  }
  const unit = place.index[0]!;
  if (!layer) return { size: x[unit]!, moved: (by) => lossFrom(-1, x.map((number, i) => (i === unit ? number + by : number)), false) };
  const before = (place.isOutput ? layer.y : preActivations(layer)).slice(0, layer.units);
  const isSum = !place.isOutput && layer.pieces === 1;
  return { size: before[unit]!, moved: (by) => lossFrom(place.layer, before.map((number, i) => (i === unit ? number + by : number)), isSum) };

  /** The loss of one example from what a layer gives, or from its weighted sums. */
  function lossFrom(from: number, given: Float64Array, isSum: boolean): number {
    layers.resume(w, from, given, isSum);
    return objective.loss.value(layers.y, targets, 1, objective.outputs);
  }
}

/** The network as columns of numbers, of the first example. */
function columns({ network: { layers }, x, rows }: Subject) {
  const at = (unit: number) => (rows === 1 ? `[${unit}]` : `[0, ${unit}]`);
  const column = (title: string, layer: string, numbers: Float64Array, size: number) => ({
    title, layer, size, units: Array.from({ length: size }, (_, unit) => ({ name: `${title}${at(unit)}`, value: numbers[unit]! })),
  });
  const width = x.length / rows;
  return [
    column("x", "input", x, width),
    ...layers.layers.flatMap((layer) => {
      const sums = column(layer.path, layer.pieces > 1 ? `Maxout(${layer.units})` : `Dense(${layer.units})`, preActivations(layer), layer.units);
      if (layer.path === layer.output) return [sums];
      return [sums, column(layer.output, layer.kind, layer.y, layer.units)];
    }),
  ];
}

/** Forward and backward as steps, number by number, as `pellucid/derivation/derive` puts them together. */
import { preActivations, winner, type Layer } from "../layer";
import type { Subject } from "../questions/subject";
import { placeIn } from "../weight_names";
import { WRITTEN, type Written } from "./activations";
import { divided, formula, literal, named, sum, text, type Formula, type Named } from "./formula";
import { writeLoss, type WrittenLoss } from "./losses";
import type { Place } from "./place";
import type { Step, Steps } from "./steps";

const SUM = "every input times its weight, and the bias";
const SUM_SLOPE = "the slope of a weighted sum by a weight is the input, by an input the weight";
const BIAS_SLOPE = "the slope of a sum by the bias is 1";
const PIECES = "the largest of the weighted sums of a unit, its pieces";
const PIECES_SLOPE = "only the largest piece reaches the output, a weighted sum; a small change of another changes nothing";

export class NetworkSteps {
  private readonly written: WrittenLoss[];
  private readonly told = new Set<string>();

  /** The layers have gone forward and backward with the examples. */
  constructor(private readonly subject: Subject, private readonly steps: Steps) {
    const { rows, targets, network: { objective } } = subject;
    const { outputs } = objective;
    this.written = Array.from({ length: rows }, (_, row) => writeLoss(objective, {
      y: Array.from({ length: outputs }, (_, k) => this.output(this.last, row, k)),
      target: Array.from({ length: outputs }, (_, k) => named(`target${this.at(row, k)}`, targets[row * outputs + k]!)),
      inside: (name, k, value) => named(`${name}${this.at(row, k)}`, value),
    }));
  }

  private get layers(): Layer[] {
    return this.subject.network.layers.layers;
  }

  private get last(): number {
    return this.layers.length - 1;
  }

  private at(row: number, unit: number): string {
    return this.subject.rows === 1 ? `[${unit}]` : `[${row}, ${unit}]`;
  }

  /** What a unit puts out; of a layer before the first, an input. */
  private output(l: number, row: number, unit: number): Named {
    if (l < 0) return named(`x${this.at(row, unit)}`, this.subject.x[row * this.subject.network.layers.inputs + unit]!);
    const { output, units, y } = this.layers[l]!;
    return named(`${output}${this.at(row, unit)}`, y[row * units + unit]!);
  }

  private preActivation(l: number, row: number, unit: number): Named {
    const layer = this.layers[l]!;
    return named(`${layer.path}${this.at(row, unit)}`, preActivations(layer)[row * layer.units + unit]!);
  }

  private weight(l: number, leaf: "W" | "b", index: number[]): Named {
    const [W, b] = this.subject.network.layers.arraysOf(l);
    const array = leaf === "W" ? W : b;
    return named(`${array.path}[${index.join(", ")}]`, this.subject.w[placeIn(array, index)]!);
  }

  /** The weight from an input to a unit: of maxout, that of the piece which won. */
  private weightTo(l: number, row: number, input: number, unit: number): Named {
    const { pieces } = this.layers[l]!;
    return this.weight(l, "W", pieces > 1 ? [input, this.winner(l, row, unit), unit] : [input, unit]);
  }

  private winner(l: number, row: number, unit: number): number {
    return winner(this.layers[l]!, row, unit);
  }

  forward(): Step[] {
    const found: Step[] = [];
    const { rows } = this.subject;
    this.layers.forEach((layer, l) => {
      this.each(layer, (row, unit) => found.push(this.sumStep(l, row, unit)));
      if (layer.path === layer.output) return;
      const { y, why, pieces } = writtenOf(layer);
      this.each(layer, (row, unit) => {
        const z = this.preActivation(l, row, unit);
        const { name, value } = this.output(l, row, unit);
        found.push(this.steps.add(name, y(z), value, pieces ? `${why}: here it is ${pieces(z.value)}` : why));
      });
    });
    for (const { inside } of this.written) for (const { name, formula: one, value, why } of inside) found.push(this.steps.add(name, one, value, why));
    return [...found, ...this.lossSteps(rows)];
  }

  private lossSteps(rows: number): Step[] {
    const { network: { objective, layers }, targets } = this.subject;
    const values = this.written.map((_, row) => {
      const at = row * objective.outputs;
      return objective.loss.value(layers.y.subarray(at), targets.subarray(at), 1, objective.outputs);
    });
    if (rows === 1) return [this.steps.add("E", this.written[0]!.loss.formula, values[0]!, this.written[0]!.loss.why)];
    const own = this.written.map(({ loss }, row) => this.steps.add(`E[${row}]`, loss.formula, values[row]!, loss.why));
    const whole = sum(own.map(({ name, value }) => ({ formula: formula`${named(name, value)}`, value })));
    const mean = values.reduce((total, value) => total + value, 0) / rows;
    return [...own, this.steps.add("E", { ...divided(whole, rows), terms: null }, mean, "the mean over the examples")];
  }

  private each({ units }: Layer, see: (row: number, unit: number) => void): void {
    for (let row = 0; row < this.subject.rows; row++) for (let unit = 0; unit < units; unit++) see(row, unit);
  }

  private sumStep(l: number, row: number, unit: number): Step {
    const { inputs, pieces, units, z } = this.layers[l]!;
    const terms = Array.from({ length: inputs }, (_, i) => {
      const [W, x] = [this.weightTo(l, row, i, unit), this.output(l - 1, row, i)];
      return { formula: formula`${W} * ${x}`, value: W.value * x.value };
    });
    const b = this.weight(l, "b", pieces > 1 ? [this.winner(l, row, unit), unit] : [unit]);
    const { name, value } = this.preActivation(l, row, unit);
    const whole = sum([...terms, { formula: formula`${b}`, value: b.value }]);
    if (pieces === 1) return this.steps.add(name, whole, value, SUM);
    const won = this.winner(l, row, unit);
    const others = Array.from({ length: pieces }, (_, piece) => piece).filter((piece) => piece !== won)
      .map((piece) => `${piece} has ${short(z[(row * pieces + piece) * units + unit]!)}`);
    return this.steps.add(name, whole, value, `${PIECES}: here piece ${won} won, with ${short(value)} (${others.join(", ")})`);
  }

  /** The gradient by the number at a place, and all that it comes from first. */
  backward(place: Place): { steps: Step[]; value: number; name: string } {
    const found: Step[] = [];
    const name = place.kind === "weight" ? this.byWeight(place, found) : this.byUnit(place, found);
    const last = found.at(-1)!;
    return { steps: found, value: last.value, name };
  }

  private byUnit({ layer, index: [unit], kind, isOutput }: Place, found: Step[]): string {
    if (kind === "input" || isOutput) this.byOutput(layer, 0, unit!, found);
    else this.bySum(layer, 0, unit!, found);
    return found.at(-1)!.name;
  }

  private byWeight({ name, layer, leaf, index }: Place, found: Step[]): string {
    const { rows } = this.subject;
    const { pieces } = this.layers[layer]!;
    const unit = index.at(-1)!;
    const piece = pieces > 1 ? index.at(-2)! : 0;
    const moved = Array.from({ length: rows }, (_, row) => row).filter((row) => pieces === 1 || this.winner(layer, row, unit) === piece);
    const terms = moved.map((row) => {
      const d = this.bySum(layer, row, unit, found);
      if (leaf === "b") return { formula: formula`${d} * 1`, value: d.value };
      const x = this.output(layer - 1, row, index[0]!);
      return { formula: formula`${d} * ${x}`, value: d.value * x.value };
    });
    const whole = terms.length ? sum(terms) : { parts: ["0"], terms: null };
    const why = pieces > 1 ? PIECES_SLOPE : leaf === "b" ? BIAS_SLOPE : SUM_SLOPE;
    this.say(`∂E/∂${name}`, whole, terms.reduce((total, { value }) => total + value, 0), why, found);
    return `∂E/∂${name}`;
  }

  /** The gradient by what a unit puts out, or by an input. */
  private byOutput(l: number, row: number, unit: number, found: Step[]): Named {
    const { name } = this.output(l, row, unit);
    if (l === this.last) return this.byLoss(name, row, unit, found);
    const { units, pieces } = this.layers[l + 1]!;
    const terms = Array.from({ length: units }, (_, k) => {
      const [d, W] = [this.bySum(l + 1, row, k, found), this.weightTo(l + 1, row, unit, k)];
      return { formula: formula`${d} * ${W}`, value: d.value * W.value };
    });
    return this.say(`∂E/∂${name}`, sum(terms), terms.reduce((total, { value }) => total + value, 0), pieces > 1 ? PIECES_SLOPE : SUM_SLOPE, found);
  }

  private byLoss(name: string, row: number, unit: number, found: Step[]): Named {
    const { formula: one, value, why } = this.written[row]!.gradients[unit]!;
    const { rows } = this.subject;
    if (rows === 1) return this.say(`∂E/∂${name}`, one, value, why, found);
    return this.say(`∂E/∂${name}`, shared(one, rows), value / rows, why, found);
  }

  /** The gradient by a weighted sum. */
  private bySum(l: number, row: number, unit: number, found: Step[]): Named {
    const layer = this.layers[l]!;
    const out = this.byOutput(l, row, unit, found);
    if (layer.path === layer.output) return out;
    const [z, y] = [this.preActivation(l, row, unit), this.output(l, row, unit)];
    const { slope, whySlope, pieces } = writtenOf(layer);
    const value = out.value * layer.activation!.derivative(z.value, y.value);
    const why = pieces ? `${whySlope}: here it is ${pieces(z.value)}` : whySlope;
    return this.say(`∂E/∂${z.name}`, formula`${out} * ${slope(z, y)}`, value, why, found);
  }

  /** A step once; again, its number alone. */
  private say(name: string, one: Formula, value: number, why: string, found: Step[]): Named {
    if (!this.told.has(name)) found.push(this.steps.add(name, one, value, why));
    this.told.add(name);
    return named(name, value);
  }
}

/** The formulas of what comes after the weighted sums of a layer: never maxout, which is part of them. */
const writtenOf = ({ kind }: Layer): Written => WRITTEN[kind as Exclude<typeof kind, "maxout">];

/** The gradient of the mean over so many examples. */
function shared(one: Formula, rows: number): Formula {
  const written = text(one);
  if (written.startsWith("-(") && written.endsWith(")")) {
    const inside: Formula = { parts: one.parts.map((part, i) => (i === 0 ? (part as string).slice(1) : part)), terms: null };
    return formula`-(${inside} / ${literal(rows)})`;
  }
  return one.terms ? divided(one, rows) : formula`${one} / ${literal(rows)}`;
}

/** To four digits, as Python writes them. */
const short = (value: number): string => String(Number(value.toPrecision(4)));

/** The numbers of a network as textbooks write them: w with the layer above and the units below, counted from 1. */
import { t } from "../../i18n";
import type { Light } from "../selection";

export interface Symbol {
  /** The letter, and what is written above and below it. */
  letter: string;
  above: string;
  below: string;
  /** Of a weight after the step. */
  isAfter?: boolean;
  /** Of a gradient the number that it is by. */
  by?: Symbol;
  /** Of the slope of one number by another. */
  slope?: readonly [Symbol, Symbol];
}

/** The layers of a network from the first, by their path: `dense_1` is 1. Followers such as `tanh_1` belong to the layer before. */
export interface Naming {
  layers: readonly string[];
  inputs: readonly string[];
  examples: number;
}

const AFTER = " after the step";
const FORM = /^(?:(\w+)\/)?([A-Za-z]\w*)(?:\[([\d, ]+)\])?$/;

export function symbolOf(name: string, naming: Naming): Symbol {
  if (name.endsWith(AFTER)) return { ...symbolOf(name.slice(0, -AFTER.length), naming), isAfter: true };
  if (name.startsWith("∂E/∂")) return { letter: "∂E/∂", above: "", below: "", by: symbolOf(name.slice(4), naming) };
  const slope = /^∂(.+?)\/∂(.+)$/.exec(name);
  if (slope) return { letter: "∂", above: "", below: "", slope: [symbolOf(slope[1]!, naming), symbolOf(slope[2]!, naming)] };
  const found = FORM.exec(name);
  const index = (found?.[3] ?? "").split(",").filter((part) => part.trim()).map(Number);
  if (found?.[1]) return ofWeight(name, found[1], found[2]!, index, naming);
  const array = found?.[2] ?? name;
  const [example, unit] = naming.examples > 1 && index.length > 1 ? [index[0]!, index.slice(1)] : [null, index];
  const below = (places: readonly number[]) => [...places.map((place) => place + 1), ...(example === null ? [] : [`#${example + 1}`])].join(", ");
  if (array === "x" && unit.length === 1) return { letter: pretty(naming.inputs[unit[0]!] ?? `x${unit[0]! + 1}`), above: "", below: example === null ? "" : `#${example + 1}` };
  const layer = naming.layers.indexOf(array);
  if (layer >= 0 && unit.length === 1) return { letter: "z", above: String(layer + 1), below: below(unit) };
  const follower = /^[a-z_]+?_(\d+)$/.exec(array);
  if (follower && unit.length === 1) return { letter: "a", above: follower[1]!, below: below(unit) };
  return { letter: array, above: "", below: below(unit) };
}

function ofWeight(name: string, path: string, leaf: string, index: readonly number[], { layers }: Naming): Symbol {
  const layer = layers.indexOf(path);
  if (layer < 0) return { letter: name, above: "", below: "" };
  const places = index.map((place) => place + 1);
  return { letter: leaf === "W" ? "w" : leaf, above: String(layer + 1), below: leaf === "W" && places.length === 2 ? `${places[0]}→${places[1]}` : places.join(", ") };
}

/** `x1^2` as x₁². */
export const pretty = (feature: string): string =>
  feature.replace(/x1/g, "x₁").replace(/x2/g, "x₂").replace(/\^2/g, "²");

/** A symbol in one line of text: for lists, tables and screen readers. */
export function textOf({ letter, above, below, by, slope }: Symbol): string {
  if (slope) return `∂${textOf(slope[0])}/∂${textOf(slope[1])}`;
  if (by) return `${letter}${textOf(by)}`;
  return `${letter}${above && `⁽${superscript(above)}⁾`}${below && ` ${below}`}`;
}

const superscript = (digits: string): string => digits.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!);

/** What a screen reader says. */
export function spoken({ letter, above, below, by, isAfter, slope }: Symbol): string {
  if (slope) return t("why.say.slope", { name: spoken(slope[0]), by: spoken(slope[1]) });
  if (isAfter) return t("why.say.after", { name: spoken({ letter, above, below }) });
  if (by) return t("why.say.gradient", { name: spoken(by) });
  const kind = { w: "why.say.w", b: "why.say.b", z: "why.say.z", a: "why.say.a" }[letter];
  return kind && above ? t(kind as "why.say.w", { layer: above, units: below.replace("→", ` ${t("why.say.to")} `) }) : [letter, below].filter(Boolean).join(" ");
}

/** What the drawing lights up for a number that a derivation names; null for what it has no place for. */
export function lightOf(name: string, value: number | null, naming: Naming): Light | null {
  const number = name.replace(/^∂E\/∂/, "");
  const kind = number === name ? "forward" : "backward";
  const found = FORM.exec(number);
  if (!found?.[3]) return null;
  const index = found[3].split(",").map(Number);
  if (found[1]) return naming.layers.includes(found[1]) ? { path: `${found[1]}/${found[2]}`, index, kind, value } : null;
  const unit = naming.examples > 1 && index.length > 1 ? index.slice(1) : index;
  const follower = /_(\d+)$/.exec(found[2]!);
  const path = found[2] === "x" || naming.layers.includes(found[2]!) ? found[2]! : follower ? naming.layers[Number(follower[1]) - 1] : undefined;
  return path ? { path, index: unit, kind, value } : null;
}

/** The loss over two directions of the weights, and the path over it, as `pellucid/studies/error_surface.py` has it. */
import { measureSharpness } from "../signs/sharpness";
import { penaltyValue } from "../update";
import { trainingSubject } from "./about";
import { spaced } from "./axis";
import { dot, planeOfPath, planeOfWeights, randomPlane, type Plane } from "./plane";
import { trainingOf, type About, type Question } from "./question";
import type { Subject } from "./subject";

const MOST_EXAMPLES = 500;
/** Weights times points of the picture times examples: of large networks fewer examples count, or it takes minutes. */
const MOST_WORK = 1e10;
/** Beyond it squares overflow: there are no directions to find. */
const TOO_LARGE = 1e100;
const MOST_FOR_SHARPNESS = 200;
/** Beside the path lies so much of its length on either side; no axis is shorter than this part of the longer one. */
const MARGIN = 0.4;
const NARROWEST = 0.2;
const NEAR = 1;

export const surface: Question = (scene, about) => {
  const training = trainingOf(scene, about);
  const { points, span } = sizesOf(about);
  const here = training.now.w.slice();
  const examples = Math.max(1, Math.min(MOST_EXAMPLES, Math.floor(MOST_WORK / (here.length * points * points))));
  const subject = trainingSubject(training, examples);
  if (!isSmall(here)) throw new Error("surface: the weights are not finite, or so large that squares of them are not: reset them");
  const places = [...training.path.places, here].filter(isSmall);
  const plane = planeOf(subject, places, here, about);
  const path = places.map((place) => project(plane, place));
  const axes = endsOf(plane, path, span).map((ends) => spaced(ends, points));
  const loss = axes[1]!.flatMap((b) => axes[0]!.map((a) => lossAt(subject, plane, a, b)));
  const finite = loss.filter(Number.isFinite);
  return {
    values: {
      names: plane.names,
      explained: plane.explained,
      centre: plane.origin,
      least: finite.length ? finite.reduce((least, value) => Math.min(least, value)) : null,
      sharpness: measureSharpness(trainingSubject(training, MOST_FOR_SHARPNESS), 10),
    },
    arrays: [
      { name: "axes", shape: [2, points], values: axes.flat() },
      { name: "loss", shape: [points, points], values: loss.map((value) => (Number.isFinite(value) ? value : NaN)) },
      { name: "path", shape: [path.length, 2], values: path.flat() },
      { name: "directions", shape: [2, here.length], values: [...plane.directions[0], ...plane.directions[1]] },
      { name: "weights", shape: [here.length], values: plane.centre },
    ],
  };
};

const isSmall = (weights: Float64Array): boolean => weights.every((weight) => Math.abs(weight) < TOO_LARGE);

function sizesOf({ points = 31, span = null }: About): { points: number; span: number | null } {
  if (!Number.isInteger(points) || (points as number) < 5 || (points as number) > 61) {
    throw new Error(`surface: points is a whole number from 5 to 61, not ${JSON.stringify(points)}`);
  }
  if (span !== null && !(typeof span === "number" && span > 0)) throw new Error(`surface: span is above 0, not ${JSON.stringify(span)}`);
  return { points: points as number, span: span as number | null };
}

function planeOf({ network: { layers: { arrays } } }: Subject, places: Float64Array[], here: Float64Array, about: About): Plane {
  const { along = "path", seed = 0 } = about;
  if (!Number.isInteger(seed) || (seed as number) < 0 || (seed as number) >= 2 ** 31) {
    throw new Error(`surface: seed is a whole number from 0 on, not ${JSON.stringify(seed)}`);
  }
  if (along === "path") return planeOfPath(places, seed as number);
  if (along === "random") return randomPlane(here, arrays, seed as number);
  if (Array.isArray(along) && along.length === 2) return planeOfWeights(here, arrays, along as [string, string]);
  throw new Error(`surface: along is "path", "random" or the names of two weights, not ${JSON.stringify(along)}`);
}

function lossAt(subject: Subject, { centre, directions: [first, second], origin }: Plane, a: number, b: number): number {
  const w = centre.map((number, i) => number + (a - origin[0]) * first[i]! + (b - origin[1]) * second[i]!);
  const { layers, state } = subject.network;
  return subject.loss(w) + penaltyValue(w, layers.arrays, state);
}

/** The coordinates of the point of the plane that is nearest to some weights. */
function project({ centre, directions: [first, second], origin }: Plane, weights: Float64Array): [number, number] {
  const from = weights.map((number, i) => number - centre[i]!);
  const [aa, ab, bb] = [dot(first, first), dot(first, second), dot(second, second)];
  const [a, b] = [dot(from, first), dot(from, second)];
  const det = aa * bb - ab * ab;
  return [(bb * a - ab * b) / det + origin[0], (aa * b - ab * a) / det + origin[1]];
}

/** Where each axis begins and ends. */
function endsOf({ origin }: Plane, path: [number, number][], span: number | null): [number, number][] {
  if (span !== null) return origin.map((middle) => [middle - span, middle + span]);
  const ends = [0, 1].map((axis) => {
    const along = path.map((place) => place[axis]!);
    return [along.reduce((one, other) => Math.min(one, other)), along.reduce((one, other) => Math.max(one, other))] as const;
  });
  const longest = Math.max(...ends.map(([least, greatest]) => greatest - least));
  if (!(longest > 0)) return origin.map((middle) => [middle - NEAR, middle + NEAR]);
  return ends.map(([least, greatest]) => {
    const half = Math.max(greatest - least, NARROWEST * longest) * (0.5 + MARGIN);
    return [(least + greatest) / 2 - half, (least + greatest) / 2 + half];
  });
}

import { describe, expect, test } from "vitest";
import "../../../src/i18n/play";
import { entries, entryAt, type Derivation } from "../../../src/play/why/answers";
import { contour, levelsOf } from "../../../src/play/why/contours";
import { termsOf, tokensOf } from "../../../src/play/why/formula";
import { between, borders, coordinates } from "../../../src/play/why/grid";
import { lightOf, spoken, symbolOf, textOf, type Naming } from "../../../src/play/why/names";
import { judge, questionsOf } from "../../../src/play/why/quiz";
import { farthestFirst, heightsOf, project, turned } from "../../../src/play/why/relief";
import { changesOf, inverseOf, isInPlace } from "../../../src/play/why/remedies";
import { lightsOf, moved } from "../../../src/play/why/slow";
import { START } from "../../../src/play/state";

const NAMING: Naming = { layers: ["dense_1", "dense_2"], inputs: ["x1", "x1^2"], examples: 1 };

describe("formulas", () => {
  const read = (formula: string, symbols: Record<string, number>) =>
    tokensOf(formula, symbols).map((token) => ("name" in token ? token.name : "text" in token ? token.text : { open: "(", close: ")", power: "^" }[token.kind as "open"]));

  test("are cut at symbols, whose names hold slashes and brackets", () => {
    expect(read("∂E/∂dense_2[0] * dense_2/W[0, 1] + dense_1/b[0]", { "∂E/∂dense_2[0]": 1, "dense_2/W[0, 1]": 2, "dense_1/b[0]": 3 }))
      .toEqual(["∂E/∂dense_2[0]", "·", "dense_2/W[0, 1]", "+", "dense_1/b[0]"]);
    expect(read("1 / (1 + exp(-z[0]))", { "z[0]": 1 })).toEqual(["1", "/", "(", "1", "+", "exp", "(", "−", "z[0]", ")", ")"]);
    expect(read("1 - tanh_1[0]^2", { "tanh_1[0]": 1 })).toEqual(["1", "−", "tanh_1[0]", "^", "2"]);
    expect(read("tanh(z)", { z: 1 })).toEqual(["tanh", "(", "z", ")"]);
    expect(read("w - learning_rate * g", { w: 1, learning_rate: 2, g: 3 })).toEqual(["w", "−", "learning_rate", "·", "g"]);
    expect(read("max(0, x[1])", { "x[1]": 1 })).toEqual(["max", "(", "0", ",", "x[1]", ")"]);
    expect(read("2e-05 * h", { h: 1 })).toEqual(["2e-05", "·", "h"]);
  });

  test("a longer name is not taken for a shorter one", () => {
    expect(read("x[10] + x[1]", { "x[1]": 1, "x[10]": 2 })).toEqual(["x[10]", "+", "x[1]"]);
    expect(read("v_hat - v", { v: 1, v_hat: 2 })).toEqual(["v_hat", "−", "v"]);
  });

  test("a sum has its terms, each with its sign; minus within a term is none", () => {
    const terms = termsOf(tokensOf("a * (b - c) + -d - e / 2", { a: 1, b: 1, c: 1, d: 1, e: 1 }));
    expect(terms.map((term) => term.length)).toEqual([7, 3, 4]);
  });
});

describe("names", () => {
  test("are those of textbooks", () => {
    expect(symbolOf("dense_2/W[0, 1]", NAMING)).toEqual({ letter: "w", above: "2", below: "1→2" });
    expect(symbolOf("dense_1/b[2]", NAMING)).toEqual({ letter: "b", above: "1", below: "3" });
    expect(symbolOf("dense_1[3]", NAMING)).toEqual({ letter: "z", above: "1", below: "4" });
    expect(symbolOf("tanh_1[3]", NAMING)).toEqual({ letter: "a", above: "1", below: "4" });
    expect(symbolOf("x[1]", NAMING).letter).toBe("x₁²");
    expect(symbolOf("E", NAMING)).toEqual({ letter: "E", above: "", below: "" });
    expect(textOf(symbolOf("∂dense_2[0]/∂dense_1/W[0, 1]", NAMING))).toBe("∂z⁽²⁾ 1/∂w⁽¹⁾ 1→2");
    expect(textOf(symbolOf("dense_1/b[0] after the step", NAMING))).toBe("b⁽¹⁾ 1");
    expect(symbolOf("learning_rate", NAMING).letter).toBe("learning_rate");
    expect(textOf(symbolOf("∂E/∂dense_2/W[0, 1]", NAMING))).toBe("∂E/∂w⁽²⁾ 1→2");
  });

  test("of a batch say which example", () => {
    const naming = { ...NAMING, examples: 10 };
    expect(symbolOf("dense_1[4, 3]", naming)).toEqual({ letter: "z", above: "1", below: "4, #5" });
    expect(symbolOf("x[4, 0]", naming)).toEqual({ letter: "x₁", above: "", below: "#5" });
    expect(symbolOf("dense_1/W[0, 1]", naming).below).toBe("1→2");
    expect(lightOf("tanh_1[4, 3]", 2, naming)).toEqual({ path: "dense_1", index: [3], kind: "forward", value: 2 });
  });

  test("are said in words", () => {
    expect(spoken(symbolOf("∂E/∂dense_1/W[0, 1]", NAMING))).toBe("gradient by weight of layer 1, 1 to 2");
  });

  test("light up what the drawing has", () => {
    expect(lightOf("∂E/∂tanh_1[3]", 2, NAMING)).toEqual({ path: "dense_1", index: [3], kind: "backward", value: 2 });
    expect(lightOf("dense_2/W[0, 1]", 2, NAMING)).toEqual({ path: "dense_2/W", index: [0, 1], kind: "forward", value: 2 });
    expect(lightOf("x[0]", 2, NAMING)).toEqual({ path: "x", index: [0], kind: "forward", value: 2 });
    expect([lightOf("E", 1, NAMING), lightOf("p[0]", 1, NAMING)]).toEqual([null, null]);
  });
});

describe("the quiz", () => {
  test("any rounding to two digits or more is right", () => {
    expect(["0.0416", "0.042", ".0416", "4.16e-2", "0,0416", "0.04159"].map((text) => judge(text, 0.0415873))).toEqual(Array(6).fill("right"));
    expect(judge("0.04", 0.0415873)).toBe("vague");
    expect(judge("-0.042", 0.0415873)).toBe("sign");
    expect(judge("−0.042", -0.0415873)).toBe("right");
    expect(judge("0.043", 0.0415873)).toBe("wrong");
    expect(judge("0.0431", 0.0415873)).toBe("wrong");
    expect(judge("about 1", 1)).toBe("unclear");
    expect(judge("", 1)).toBe("unclear");
    expect(judge("0", 0)).toBe("right");
    expect(judge("1", 1)).toBe("right");
    expect(judge("120", 123.4)).toBe("wrong");
  });

  test("asks for each number once, in order, and not for the check", () => {
    const step = (id: number, name: string, formula: string | null, value: number | null) => ({ id, name, formula, numbers: formula, symbols: {}, terms: null, value, why: "", parts: [] });
    const derivation: Derivation = {
      subject: "", value: 1,
      sections: [
        { name: "forward", lead: "", note: "", steps: [step(1, "a", "x", 1), step(2, "b", null, 2), step(3, "c", "x", null)] },
        { name: "backward", lead: "", note: "", steps: [step(4, "a", "y", 1), step(5, "d", "y", 3)] },
        { name: "check", lead: "", note: "", steps: [step(6, "e", "y", 3)] },
      ],
    };
    expect(questionsOf(derivation).map(({ id }) => id)).toEqual([1, 5]);
  });
});

describe("contours", () => {
  test("of a slope are straight", () => {
    const values = Float32Array.from({ length: 9 }, (_, index) => index % 3);
    for (const [x0, , x1] of contour(values, 3, 0.5)) expect([x0, x1]).toEqual([0.5, 0.5]);
    expect(contour(values, 3, 0.5)).toHaveLength(2);
  });

  test("of a bowl go round, and lie where the level is", () => {
    const side = 21;
    const values = Float64Array.from({ length: side * side }, (_, index) => ((index % side) - 10) ** 2 + (Math.floor(index / side) - 10) ** 2);
    for (const [x, y] of contour(values, side, 36)) expect(Math.hypot(x - 10, y - 10)).toBeCloseTo(6, 1);
  });

  test("of a saddle are two, and where a number is missing none", () => {
    expect(contour([0, 1, 1, 0], 2, 0.5)).toHaveLength(2);
    expect(contour([0, NaN, 1, 0], 2, 0.5)).toHaveLength(0);
  });

  test("levels lie between the ends, nearer each other where it is flat", () => {
    const near = levelsOf([1, 2]);
    expect(near).toEqual([...near].sort((a, b) => a - b));
    expect([near[0]! > 1, near.at(-1)! < 2]).toEqual([true, true]);
    const far = levelsOf([0.01, 1e6, Infinity, NaN]);
    expect(far[0]! < 1e5 && far.at(-1)! < 1e6).toBe(true);
    expect(levelsOf([3, 3])).toEqual([]);
  });
});

describe("the relief", () => {
  test("from straight above is a map", () => {
    const [x, y] = project({ turn: 0, tilt: Math.PI / 2 }, 0.5, 0.25, 1);
    expect(x).toBeCloseTo(0.5);
    expect(y).toBeCloseTo(-0.25);
  });

  test("tilts within bounds", () => {
    expect(turned({ turn: 0, tilt: 1 }, 0, 9).tilt).toBe(Math.PI / 2);
    expect(turned({ turn: 0, tilt: 1 }, 0, -9).tilt).toBe(0.1);
  });

  test("draws the farthest cells first", () => {
    const cells = farthestFirst(3, { turn: 0, tilt: 0.5 });
    expect(new Set(cells.slice(0, 2))).toEqual(new Set([3, 4]));
  });

  test("heights go from 0 to 1; what is not finite has none", () => {
    expect(Array.from(heightsOf([1, 2, 1.5, NaN]))).toEqual([0, 1, 0.5, NaN]);
    expect(heightsOf([0, 1, 1000])[1]).toBeGreaterThan(0.01);
  });
});

describe("grids", () => {
  test("are read between their places", () => {
    expect(between([0, 1, 2, 3], 0, 2, 0.5, 0.5)).toBe(1.5);
    expect(between([0, 0, 0, 0, 0, 1, 2, 3], 4, 2, 1, 1)).toBe(3);
    expect(between([0, 1, 2, 3], 0, 2, 9, 9)).toBe(3);
  });

  test("have borders where patterns differ", () => {
    expect(borders([0, 1, 0, 1], 2)).toEqual([[0.5, -0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 1.5]]);
  });

  test("weights have coordinates in a plane whose directions are not at right angles", () => {
    const [first, second] = [[1, 0, 1], [1, 1, 0]];
    const weights = [1, 2, 3].map((middle, index) => middle + 2 * first![index]! - 3 * second![index]!);
    const found = coordinates(weights, [1, 2, 3], [...first!, ...second!], [10, 20]);
    expect(found[0]).toBeCloseTo(12);
    expect(found[1]).toBeCloseTo(17);
  });
});

describe("remedies", () => {
  const network = START.networks[0]!;
  test("say what they change, and are taken back", () => {
    const patch = { learning_rate: 0.3, penalty: "none" as const };
    expect(changesOf(patch, network)).toEqual([{ field: "learning_rate", from: 0.03, to: 0.3 }]);
    expect(inverseOf(patch, network)).toEqual({ learning_rate: 0.03, penalty: "none" });
    expect(isInPlace(patch, { ...network, ...patch })).toBe(true);
  });
});

describe("slow motion", () => {
  const layers = [{ path: "dense_1", units: 2, activation: "tanh" }, { path: "dense_2", units: 1, activation: "identity" }];
  test("lights up the layer of the stage", () => {
    expect(lightsOf({ stage: "forward", path: "dense_1", activation: "tanh", pre_activations: [], outputs: [3, 4] }, layers))
      .toEqual([3, 4].map((value, unit) => ({ path: "dense_1", index: [unit], kind: "forward", value })));
    expect(lightsOf({ stage: "loss", outputs: [5], predictions: [], targets: [], loss: 1 }, layers)).toEqual([{ path: "dense_2", index: [0], kind: "forward", value: 5 }]);
    const back = lightsOf({ stage: "backward", path: "dense_2", by_outputs: [1], deltas: [2], gradients: { "dense_2/W": [[7]], "dense_2/b": [8] } }, layers);
    expect(back.map(({ path, value }) => [path, value])).toEqual([["dense_2", 2], ["dense_2/W", 7], ["dense_2/b", 8]]);
  });
  test("stays within the step", () => {
    expect([moved(0, -1, 3), moved(2, 1, 3), moved(1, 1, 3)]).toEqual([0, 2, 2]);
  });
});

test("nested lists have entries by place", () => {
  expect([...entries([[1, 2], [3, null]])]).toEqual([[[0, 0], 1], [[0, 1], 2], [[1, 0], 3], [[1, 1], null]]);
  expect([entryAt([[1, 2]], [0, 1]), entryAt([[1, 2]], [5, 1])]).toEqual([2, null]);
});

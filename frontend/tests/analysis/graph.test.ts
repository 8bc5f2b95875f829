import { describe, expect, test } from "vitest";
import { layOut } from "../../src/analysis/graph";
import type { Graph } from "../../src/api/types";

const graph = (edges: [string, string][]): Graph => ({
  edges,
  nodes: [...new Set(edges.flat())].map((path) => ({ path, kind: "Dense", label: "", inputs: [], output: [1], parameters: 0, arrays: {}, depth: 0 })),
});

describe("a network drawn", () => {
  test("has every layer below all it takes from, and none upon another", () => {
    const edges: [string, string][] = [["x", "a"], ["x", "b"], ["a", "c"], ["b", "d"], ["d", "c"], ["x", "c"], ["c", "y"]];
    const { nodes } = layOut(graph(edges));
    const at = new Map(nodes.map((placed) => [placed.node.path, placed]));
    for (const [from, to] of edges) expect(at.get(from)!.y).toBeLessThan(at.get(to)!.y);
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
  });
  test("ends even if it goes in circles, and leaves out edges to nowhere", () => {
    expect(layOut(graph([["a", "b"], ["b", "a"], ["a", "a"]])).nodes).toHaveLength(2);
    expect(layOut({ ...graph([["a", "b"]]), edges: [["a", "ghost"]] }).routes).toHaveLength(0);
  });
  test("keeps all inside the picture", () => {
    const wide = graph(Array.from({ length: 6 }, (_, index): [string, string] => ["x", `y${index}`]));
    const { nodes, width, height } = layOut(wide);
    for (const { x, y } of nodes) expect(x >= 0 && x < width && y >= 0 && y < height).toBe(true);
  });
});

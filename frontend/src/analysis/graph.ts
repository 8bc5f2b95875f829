import type { Graph, GraphNode } from "../api/types";

export interface Placed {
  node: GraphNode;
  x: number;
  y: number;
}

export interface Route {
  from: string;
  to: string;
  path: string;
}

export interface Layout {
  nodes: Placed[];
  routes: Route[];
  width: number;
  height: number;
}

export const BOX = { width: 168, height: 62, gapX: 28, gapY: 34 };

/**
 * A network drawn from top to bottom: each node one row below the last it takes from, nodes of a row ordered by the mean
 * place of what they take from (Sugiyama, Tagawa and Toda, 1981). Edges past rows go around what is between.
 */
export function layOut(graph: Graph): Layout {
  const nodes = new Map(graph.nodes.map((node) => [node.path, node]));
  const edges = graph.edges.filter(([from, to]) => nodes.has(from) && nodes.has(to) && from !== to);
  const rank = ranks([...nodes.keys()], edges);
  const rows = orderRows([...nodes.keys()], edges, rank);
  const widest = Math.max(1, ...rows.map((row) => row.length));
  const passing = edges.filter(([from, to]) => rank.get(to)! - rank.get(from)! > 1).length;
  const margin = 14 + Math.min(passing, 6) * 10;
  const width = widest * BOX.width + (widest - 1) * BOX.gapX + 2 * margin;
  const placed = new Map<string, Placed>();
  rows.forEach((row, index) => {
    const used = row.length * BOX.width + (row.length - 1) * BOX.gapX;
    row.forEach((path, column) => {
      const x = (width - used) / 2 + column * (BOX.width + BOX.gapX);
      placed.set(path, { node: nodes.get(path)!, x, y: 8 + index * (BOX.height + BOX.gapY) });
    });
  });
  let side = 0;
  const routes = edges.map(([from, to]) => {
    const isPassing = rank.get(to)! - rank.get(from)! > 1;
    return { from, to, path: route(placed.get(from)!, placed.get(to)!, isPassing ? ++side : 0, margin, width) };
  });
  return { nodes: [...placed.values()], routes, width, height: 16 + rows.length * (BOX.height + BOX.gapY) - BOX.gapY };
}

function ranks(paths: string[], edges: [string, string][]): Map<string, number> {
  const rank = new Map(paths.map((path) => [path, 0]));
  // Longest path by relaxation; a circle, which no graph of layers has, ends with the number of nodes.
  for (let round = 0; round < paths.length; round++) {
    let moved = false;
    for (const [from, to] of edges) {
      if (rank.get(to)! <= rank.get(from)! && rank.get(from)! < paths.length) {
        rank.set(to, rank.get(from)! + 1);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return rank;
}

function orderRows(paths: string[], edges: [string, string][], rank: Map<string, number>): string[][] {
  const levels = [...new Set([...rank.values()])].sort((a, b) => a - b);
  const rows = levels.map((level) => paths.filter((path) => rank.get(path) === level));
  const column = new Map<string, number>();
  for (const row of rows) {
    const wish = new Map(
      row.map((path, index) => {
        const above = edges.filter(([, to]) => to === path).map(([from]) => column.get(from) ?? 0);
        return [path, above.length ? above.reduce((sum, one) => sum + one, 0) / above.length : index];
      }),
    );
    row.sort((a, b) => wish.get(a)! - wish.get(b)!);
    row.forEach((path, index) => column.set(path, index - (row.length - 1) / 2));
  }
  return rows;
}

function route(from: Placed, to: Placed, side: number, margin: number, width: number): string {
  const [x1, y1] = [from.x + BOX.width / 2, from.y + BOX.height];
  const [x2, y2] = [to.x + BOX.width / 2, to.y];
  const bend = BOX.gapY * 0.6;
  if (!side) return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  const step = Math.min(Math.ceil(side / 2), 6) * 10;
  const x = side % 2 ? width - margin + step - 6 : margin - step + 6;
  const begin = from.x + (side % 2 ? BOX.width : 0);
  const end = to.x + (side % 2 ? BOX.width : 0);
  const [m1, m2] = [from.y + BOX.height / 2, to.y + BOX.height / 2];
  return `M${begin} ${m1}C${x} ${m1} ${x} ${m1} ${x} ${m1 + bend}L${x} ${m2 - bend}C${x} ${m2} ${x} ${m2} ${end} ${m2}`;
}

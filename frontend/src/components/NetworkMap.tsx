import { useMemo } from "preact/hooks";
import type { Graph, GraphNode } from "../api/types";
import { BOX, layOut } from "../analysis/graph";
import { formatNumber } from "../analysis/numbers";
import { t } from "../i18n";
import { colours } from "../state/preferences";
import { css, inkOn, mix, rgbOf } from "./colours";

interface Props {
  graph: Graph;
  /** The number that colours a layer; NaN where it has none. */
  value(path: string): number;
  chosen: string | null;
  onChoose(path: string): void;
}

/** A network as boxes and arrows, coloured by a statistic; each box is a button. */
export function NetworkMap({ graph, value, chosen, onChoose }: Props) {
  const layout = useMemo(() => layOut(graph), [graph]);
  const version = colours.value;
  const shares = useMemo(() => sharesOf(layout.nodes.map(({ node }) => value(node.path))), [layout, value]);
  const [ground, ink] = useMemo(() => [rgbOf("--raised"), rgbOf("--line-1")], [version]);
  return (
    <div class="scroll map" tabIndex={0} role="region" aria-label={t("map.label")}>
      <svg width={layout.width} height={layout.height} viewBox={`0 0 ${layout.width} ${layout.height}`} role="group" aria-label={t("map.label")}>
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" class="arrow" />
          </marker>
        </defs>
        {layout.routes.map(({ from, to, path }) => (
          <path key={`${from}>${to}`} d={path} class="edge" marker-end="url(#arrow)" />
        ))}
        {layout.nodes.map(({ node, x, y }, index) => {
          const share = shares[index]!;
          const fill = Number.isFinite(share) ? mix(ground, ink, 0.08 + 0.82 * share) : ground;
          const text = Number.isFinite(share) ? inkOn(fill) : "var(--text)";
          const number = value(node.path);
          return (
            <g
              key={node.path}
              class={`node ${node.path === chosen ? "chosen" : ""}`}
              transform={`translate(${x} ${y})`}
              role="button"
              tabIndex={0}
              aria-pressed={node.path === chosen}
              onClick={() => onChoose(node.path)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                onChoose(node.path);
              }}
            >
              <rect width={BOX.width} height={BOX.height} rx="6" fill={css(fill)} />
              {node.cell && <path class="loop" d={`M${BOX.width - 6} 8c16 0 16 24 0 24`} marker-end="url(#arrow)" />}
              <text x="10" y="20" fill={text} class="kind">{clip(node.kind, 20)}</text>{" "}
              <text x="10" y="37" fill={text}>{clip(node.path, 24)}</text>{" "}
              <text x="10" y="53" fill={text}>{clip(shapeText(node.output), 14)}</text>{" "}
              {Number.isFinite(number) && <text x={BOX.width - 10} y="53" fill={text} class="value">{formatNumber(number)}</text>}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** Where each value is between the least and the greatest; by size where all are positive and far apart. */
export function sharesOf(values: readonly number[]): number[] {
  const finite = values.filter(Number.isFinite);
  const [least, greatest] = [Math.min(...finite), Math.max(...finite)];
  const isLog = least > 0 && greatest / least > 30;
  const scale = isLog ? Math.log : (value: number) => value;
  const span = scale(greatest) - scale(least);
  return values.map((value) => (Number.isFinite(value) ? (span ? (scale(value) - scale(least)) / span : 0.5) : NaN));
}

/** `28 × 28 × 1`; of several outputs each by its name. */
export const shapeText = (output: GraphNode["output"]): string =>
  Array.isArray(output) ? output.join(" × ") || "1" : Object.entries(output).map(([name, shape]) => `${name} ${shape.join(" × ")}`).join(", ");

const clip = (text: string, most: number): string => (text.length > most ? `…${text.slice(1 - most)}` : text);

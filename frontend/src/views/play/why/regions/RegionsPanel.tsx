import { useEffect, useRef, useState } from "preact/hooks";
import { Choice } from "../../../../components/basic";
import { t } from "../../../../i18n";
import { data } from "../../../../play/session";
import { state } from "../../../../play/store";
import type { RegionsLayer } from "../../../../play/why/answers";
import type { Numbers } from "../../../../play/frames";
import { colours } from "../../../../state/preferences";
import { useWidth } from "../../network/useNetwork";
import { Failed } from "../Failed";
import { useLayers } from "../network";
import { useQuestion } from "../useQuestion";
import { drawBent, drawRegions, type Grid } from "./drawRegions";

const CALM = 800;
const POINTS = 100;

/** What each layer makes of the plane: bent grids, the regions that units cut, and how many linear pieces there are. */
export function RegionsPanel() {
  const layers = useLayers();
  const found = useQuestion<{ layers: RegionsLayer[] }>("regions", layers.length ? { network: state.value.view.network, points: POINTS } : null, CALM);
  const { value, arrays } = found;
  const grid = arrays.get("grid");
  return (
    <>
      <p class="lead-in">{t("why.regions.lead")}</p>
      <Failed found={found} />
      {value && grid && value.layers.length === 0 && <p class="why-answer">{t("why.regions.none")}</p>}
      {value && grid && value.layers.map((layer, at) => {
        const [bent, pattern] = [arrays.get(`bent:${at + 1}`), arrays.get(`pattern:${at + 1}`)];
        return bent && pattern && <LayerView key={layer.path} layer={layer} number={at + 1} grid={gridOf(grid)} bent={bent} pattern={pattern} />;
      })}
    </>
  );
}

const gridOf = ({ shape, values }: Numbers): Grid => {
  const side = shape[1]!;
  return { side, domain: [[values[0]!, values[side - 1]!], [values[side]!, values[2 * side - 1]!]] };
};

interface Props {
  layer: RegionsLayer;
  number: number;
  grid: Grid;
  bent: Numbers;
  pattern: Numbers;
}

function LayerView({ layer, number, grid, bent, pattern }: Props) {
  const [across, setAcross] = useState(0);
  const [up, setUp] = useState(1);
  const [first, second] = [Math.min(across, layer.units - 1), Math.min(up, layer.units - 1)];
  const count = t(layer.linear ? "why.regions.linear" : "why.regions.sides", { count: layer.patterns });
  const units = Array.from({ length: layer.units }, (_, unit) => [String(unit), t("net.unit_short", { unit: unit + 1 })] as const);
  return (
    <section class="why-layer" aria-labelledby={`regions-${number}`}>
      <h3 id={`regions-${number}`}>{t("net.hidden", { layer: number })} <small>{count}</small></h3>
      <div class="why-pictures">
        <Picture title={t("why.regions.cut")} said={`${t("why.regions.cut.said", { layer: number })} ${count}`} draw={(canvas, width) => drawRegions(canvas, width, grid, pattern.values)} inputs={[pattern]} />
        <div>
          <Picture
            title={t("why.regions.bent")} said={bentText(layer, bent, first, second)}
            draw={(canvas, width) => drawBent(canvas, width, grid, bent.values, first, second)} inputs={[bent, first, second]}
          />
          {layer.units > 2 && (
            <div class="why-choosers">
              <Choice label={t("why.surface.across")} value={String(first)} options={units} onChange={(unit) => setAcross(Number(unit))} />
              <Choice label={t("why.surface.up")} value={String(second)} options={units} onChange={(unit) => setUp(Number(unit))} />
            </div>
          )}
        </div>
      </div>
    </section>
  );
}

/** The bent plane in words: how far the outputs of both units reach. */
function bentText({ units }: RegionsLayer, bent: Numbers, first: number, second: number): string {
  const size = bent.shape[1]! * bent.shape[2]!;
  const ends = (unit: number) => {
    const values = bent.values.subarray(unit * size, (unit + 1) * size);
    return [Math.min(...values), Math.max(...values)].map((value) => value.toPrecision(2)).join(" … ");
  };
  return t("why.regions.bent.said", { first: first + 1, second: second + 1, ends: ends(first), others: ends(second), units });
}

function Picture({ title, said, draw, inputs }: { title: string; said: string; draw: (canvas: HTMLCanvasElement, width: number) => void; inputs: readonly unknown[] }) {
  const host = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = Math.min(useWidth(host, 320), 420);
  const scheme = colours.value;
  useEffect(() => draw(canvas.current!, width), [...inputs, width, scheme, data.value, state.value.view.show_test]);
  return (
    <figure class="why-picture" ref={host}>
      <figcaption>{title}</figcaption>
      <canvas ref={canvas} style={{ width: `${width}px`, height: `${width}px` }} role="img" aria-label={said} />
    </figure>
  );
}

import { useMemo, useState } from "preact/hooks";
import { formatNumber } from "../../../../analysis/numbers";
import { Choice } from "../../../../components/basic";
import { t } from "../../../../i18n";
import { frame } from "../../../../play/session";
import { state } from "../../../../play/store";
import type { Surface } from "../../../../play/why/answers";
import { coordinates } from "../../../../play/why/grid";
import { symbolOf, textOf } from "../../../../play/why/names";
import { Failed } from "../Failed";
import { inputNames, namingOf, targetOf, useLayers } from "../network";
import { useQuestion, type Found } from "../useQuestion";
import { Contours } from "./Contours";
import type { SurfaceNumbers } from "./drawSurface";
import { RatePlane } from "./RatePlane";
import { Relief } from "./Relief";
import { WeightPair, weightNames } from "./WeightPair";

/** Milliseconds between surfaces while training runs: one takes the engine a tenth of a second. */
const CALM = 2_500;
const MOST_LIVE = 400;
const ALONG = ["path", "weights", "random"] as const;

/** The loss over two directions of the weights, and the way that training takes over it. */
export function SurfacePanel() {
  const layers = useLayers();
  const inputs = inputNames();
  const [along, setAlong] = useState<(typeof ALONG)[number]>("path");
  const [seed, setSeed] = useState(0);
  const names = weightNames(layers, inputs.length);
  const [pair, setPair] = useState<readonly [string, string] | null>(null);
  const chosen = pair?.every((name) => names.includes(name)) ? pair : firstPair(names, targetOf(layers, inputs.length));
  const about = { network: state.value.view.network, along: along === "weights" ? chosen : along, points: 31, seed };
  const found = useQuestion<Surface>("surface", layers.length && (along !== "weights" || chosen) ? about : null, CALM);
  const naming = namingOf(layers, inputs, 1);
  const axes = found.value?.names.map((name, at) => (name.includes("[") ? textOf(symbolOf(name, naming)) : t("why.surface.direction", { number: at + 1 }))) as [string, string] | undefined;
  const surface = useSurface(found, axes);
  return (
    <>
      <p class="lead-in">{t("why.surface.lead")}</p>
      <div class="why-choosers">
        <Choice label={t("why.surface.along")} value={along} options={ALONG.map((one) => [one, t(`why.surface.along.${one}`)] as const)} onChange={setAlong} />
        {along === "weights" && chosen && <WeightPair names={names} naming={naming} chosen={chosen} onChoose={setPair} />}
        {along === "random" && <button type="button" onClick={() => setSeed(seed + 1)}>{t("why.surface.again")}</button>}
      </div>
      <Failed found={found} />
      {found.value && surface && (
        <>
          <div class="why-pictures">
            <Contours surface={surface} now={found.value} />
            <Relief surface={surface} />
            <RatePlane sharpness={found.value.sharpness} />
          </div>
          <Numbers surface={surface} answer={found.value} />
        </>
      )}
    </>
  );
}

/** The weight that is selected and its neighbour, or the first two. */
function firstPair(names: readonly string[], target: string | null): readonly [string, string] | null {
  const first = target !== null && names.includes(target) ? target : names[0];
  const second = names.find((name) => name !== first);
  return first && second ? [first, second] : null;
}

/** The answer with the way since then: the weights of each frame, projected. */
function useSurface({ value, arrays }: Found<Surface>, names: [string, string] | undefined): SurfaceNumbers | null {
  const fixed = useMemo(() => {
    const [axes, loss, path, directions, weights] = ["axes", "loss", "path", "directions", "weights"].map((name) => arrays.get(name));
    if (!value || !axes || !loss || !path || !directions || !weights) return null;
    const side = loss.shape[0]!;
    return {
      side, loss: loss.values, directions: directions.values, weights: weights.values, since: [] as [number, number][],
      domain: [[axes.values[0]!, axes.values[side - 1]!], [axes.values[side]!, axes.values[2 * side - 1]!]] as SurfaceNumbers["domain"],
      path: Array.from({ length: path.shape[0]! }, (_, at) => [path.values[2 * at]!, path.values[2 * at + 1]!] as [number, number]),
    };
  }, [value, arrays]);
  const network = frame.value?.networks[state.value.view.network];
  if (!fixed || !value || !names) return null;
  const now = network && flat(network.arrays, fixed.weights.length);
  if (now && fixed.since.length < MOST_LIVE) {
    const place = coordinates(now, fixed.weights, fixed.directions, value.centre);
    const last = fixed.since.at(-1) ?? fixed.path.at(-1)!;
    if (place.every(Number.isFinite) && (place[0] !== last[0] || place[1] !== last[1])) fixed.since.push(place);
  }
  return { ...fixed, path: [...fixed.path, ...fixed.since], names };
}

/** All weights of a frame one after another; null where they are others than the answer's. */
function flat(arrays: ReadonlyMap<string, { values: Float32Array }>, size: number): Float32Array | null {
  const parts = [...arrays].filter(([name]) => name.startsWith("param:")).map(([, { values }]) => values);
  if (parts.reduce((sum, { length }) => sum + length, 0) !== size) return null;
  const all = new Float32Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The picture in words and as a table. */
function Numbers({ surface, answer }: { surface: SurfaceNumbers; answer: Surface }) {
  const { side, loss, domain, names } = surface;
  const every = Math.max(1, Math.round((side - 1) / 6));
  const places = Array.from({ length: Math.floor((side - 1) / every) + 1 }, (_, index) => index * every);
  const coordinate = (axis: 0 | 1, at: number) => domain[axis][0] + (at / (side - 1)) * (domain[axis][1] - domain[axis][0]);
  return (
    <>
      {answer.explained && <p class="note">{t("why.surface.explained", { first: Math.round(100 * answer.explained[0]), second: Math.round(100 * answer.explained[1]) })}</p>}
      <details class="numbers">
        <summary>{t("why.surface.table")}</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={t("why.surface.table")}>
          <table class="why-table">
            <thead><tr><th scope="col">{names[1]} \ {names[0]}</th>{places.map((at) => <th key={at} scope="col" class="number">{formatNumber(coordinate(0, at))}</th>)}</tr></thead>
            <tbody>
              {[...places].reverse().map((row) => (
                <tr key={row}><th scope="row" class="number">{formatNumber(coordinate(1, row))}</th>{places.map((column) => <td key={column} class="number">{formatNumber(loss[row * side + column])}</td>)}</tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

import { useEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";
import { colourOf, css } from "../../../components/colours";
import { prepare } from "../../../components/drawHeat";
import { t } from "../../../i18n";
import { colourOf as colourOnScale } from "../../../play/drawing/colours";
import type { Numbers } from "../../../play/frames";
import { classToken, markOf, shapePath, signedPalette } from "../../../play/palette";
import { ask, connection } from "../../../play/session";
import { CLASSIFICATION, REGRESSION, type DataName } from "../../../play/state";
import { changeData, state } from "../../../play/store";
import { colours } from "../../../state/preferences";

const pictures = signal<ReadonlyMap<string, Numbers>>(new Map());

/** The data sets of the problem, each with a picture of its points. */
export function Thumbnails() {
  const isOpen = connection.value === "open";
  useEffect(() => {
    if (isOpen && !pictures.peek().size) void ask("thumbnails").then(({ arrays }) => (pictures.value = arrays), () => undefined);
  }, [isOpen]);
  const { problem, name } = state.value.data;
  const names = problem === "regression" ? REGRESSION : CLASSIFICATION;
  return (
    <div class="thumbnails" role="group" aria-label={t("play.field.name")}>
      {names.map((one) => (
        <button key={one} type="button" aria-pressed={one === name} onClick={() => changeData({ name: one as DataName, points: [], columns: ["x1", "x2"], axes: [0, 1] })}>
          <Thumbnail points={pictures.value.get(one)} isRegression={problem === "regression"} />
          <span>{t(`play.data.${one}`)}</span>
        </button>
      ))}
    </div>
  );
}

const SIDE = 56;

function Thumbnail({ points, isRegression }: { points: Numbers | undefined; isRegression: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const version = colours.value;
  useEffect(() => {
    const context = prepare(canvas.current!, SIDE, SIDE);
    if (points) drawPoints(context, points, isRegression);
  }, [points, version, isRegression]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} aria-hidden="true" />;
}

/** As on the map: the greatest x2 above. */
function drawPoints(context: CanvasRenderingContext2D, { shape, values }: Numbers, isRegression: boolean): void {
  const count = shape[0] ?? 0;
  const rows = Array.from({ length: count }, (_, row) => [values[3 * row]!, values[3 * row + 1]!, values[3 * row + 2]!] as const);
  const least = Math.min(...rows.flatMap(([x1, x2]) => [x1, x2]));
  const greatest = Math.max(...rows.flatMap(([x1, x2]) => [x1, x2]));
  const most = Math.max(...rows.map(([, , y]) => Math.abs(y)), 1e-9);
  const palette = signedPalette();
  const at = (value: number) => 4 + ((value - least) / (greatest - least || 1)) * (SIDE - 8);
  for (const [x1, x2, y] of rows) {
    context.fillStyle = isRegression ? css(colourOnScale(palette, y / most)) : colourOf(classToken(y));
    context.fill(shapePath(markOf(y, isRegression), at(x1), SIDE - at(x2), 1.7));
  }
}

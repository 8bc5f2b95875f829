import type { Signal } from "@preact/signals";
import { formatNumber } from "../../../analysis/numbers";
import { t } from "../../../i18n";
import { cellAt, USUAL } from "../../../play/map/geometry";
import { shownPicture } from "../../../play/map/picture";
import { pointsOfMap } from "../../../play/map/points";
import { selectedPoint } from "../../../play/selection";
import { data } from "../../../play/session";
import { state } from "../../../play/store";
import { axisNames } from "./mapAxes";
import type { Cursor } from "./MapView";

/** What is at the place that is pointed at, else of the point that is chosen. */
export function MapReadout({ cursor }: { cursor: Signal<Cursor> }) {
  const at = cursor.value;
  return <p class="readout" aria-live={at?.byKey ? "polite" : "off"}>{at ? readPlace(at) : (readSelected() ?? t("play.map.nothing"))}</p>;
}

function readPlace({ x, y }: { x: number; y: number }): string {
  const [across, upwards] = axisNames();
  return `${across} = ${x.toFixed(2)}, ${upwards} = ${y.toFixed(2)} → ${readAnswer(x, y)}`.replaceAll("-", "−");
}

function readAnswer(x: number, y: number): string {
  const shown = shownPicture();
  const cell = shown && cellAt(shown.picture.side, data.value?.domain ?? USUAL, x, y);
  if (!shown || cell === null) return "–";
  const { values, count, side } = shown.picture;
  const read = (index: number) => values[index * side * side + cell]!;
  if (count === 1) return shown.unit ? formatNumber(read(0)) : withClass(read(0));
  const best = Array.from({ length: count }, (_, label) => label).reduce((one, label) => (read(label) > read(one) ? label : one), 0);
  return t("play.map.probability", { share: `${(100 * read(best)).toFixed(0)} %`, number: best });
}

const withClass = (value: number): string =>
  state.value.data.problem === "regression" || Number.isNaN(value) ? formatNumber(value) : `${formatNumber(value)} (${t("play.map.class", { number: value > 0 ? 1 : 0 })})`;

function readSelected(): string | null {
  const selected = selectedPoint.value;
  const point = selected && "row" in selected ? pointsOfMap()[selected.row] : null;
  if (!point) return null;
  const label = state.value.data.problem === "regression" ? t("play.map.value", { value: formatNumber(point.label) }) : t("play.map.class", { number: point.label });
  return `${t("play.map.point", { part: t(point.isTest ? "play.map.part.test" : "play.map.part.train"), row: point.row + 1, label })}; ${readPlace(point)}`;
}

import { formatTicks } from "../../../analysis/numbers";
import { colourOf } from "../../../components/colours";
import { t } from "../../../i18n";
import { ticksBetween, toScreen, type Box, type Domain } from "../../../play/map/geometry";
import { state } from "../../../play/store";

/** What the two axes of the map are. */
export function axisNames(): readonly [string, string] {
  const { columns, axes } = state.value.data;
  const name = (axis: number, number: number) => (axis < 0 ? t("play.axes.component", { number }) : (columns[axis] ?? ""));
  return [name(axes[0], 1), name(axes[1], 2)];
}

/** Ticks and names of both axes, left and below. */
export function drawAxes(context: CanvasRenderingContext2D, box: Box, domain: Domain): void {
  context.fillStyle = colourOf("--soft");
  context.strokeStyle = colourOf("--edge");
  context.font = "12px system-ui, sans-serif";
  context.strokeRect(box.left + 0.5, box.top + 0.5, box.width - 1, box.height - 1);
  const [across, upwards] = domain.map(([least, greatest]) => ticksBetween(least, greatest, 4)) as [number[], number[]];
  context.textAlign = "center";
  context.textBaseline = "top";
  formatTicks(across).forEach((text, index) => context.fillText(text, toScreen(box, domain, across[index]!, domain[1][0])[0], box.top + box.height + 4));
  context.textAlign = "right";
  context.textBaseline = "middle";
  formatTicks(upwards).forEach((text, index) => context.fillText(text, box.left - 5, toScreen(box, domain, domain[0][0], upwards[index]!)[1]));
  drawNames(context, box);
}

function drawNames(context: CanvasRenderingContext2D, box: Box): void {
  const [x, y] = axisNames();
  context.fillStyle = colourOf("--text");
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.fillText(x, box.left + box.width / 2, box.top + box.height + 33, box.width);
  context.save();
  context.translate(11, box.top + box.height / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = "middle";
  context.fillText(y, 0, 0, box.height);
  context.restore();
}

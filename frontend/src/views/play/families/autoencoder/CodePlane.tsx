import { useEffect, useRef } from "preact/hooks";
import { css, rgbOf } from "../../../../components/colours";
import { prepare } from "../../../../components/drawHeat";
import { t } from "../../../../i18n";
import { codeAt, placeOf, viewOf, type PlaneView } from "../../../../play/families/plane";
import { classToken } from "../../../../play/palette";
import { colours } from "../../../../state/preferences";
import { useWidth } from "../HeatGrid";

interface Props {
  name: string;
  /** (N, 2), flat. */
  codes: Float32Array;
  labels: Float32Array;
  at: readonly [number, number];
  /** The place that was chosen last. */
  begun: () => readonly [number, number];
  onChoose: (code: [number, number]) => void;
}

const RATIO = 0.9;
/** Steps of the arrow keys across the plane. */
const KEY_STEPS = 40;

/** Test digits at their codes, each as its figure in the colour of its class. */
export function CodePlane({ name, codes, labels, at, begun, onChoose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  /** While one drags the plane stays where it is. */
  const dragged = useRef<PlaneView | null>(null);
  const view = dragged.current ?? viewOf(codes);
  useEffect(() => {
    if (width) drawPlane(canvas.current!, width, width * RATIO, view, codes, labels, at);
  }, [codes, labels, at[0], at[1], width, colours.value]);
  const choose = (event: PointerEvent, on: PlaneView) => {
    const box = canvas.current!.getBoundingClientRect();
    const share = (value: number) => Math.min(Math.max(value, 0), 1);
    onChoose(codeAt(on, [share((event.clientX - box.left) / box.width), share((event.clientY - box.top) / box.height)]));
  };
  const press = (event: KeyboardEvent) => {
    const by = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] } as Record<string, [number, number]>)[event.key];
    if (!by) return;
    event.preventDefault();
    const size = (axis: 0 | 1) => (view.greatest[axis] - view.least[axis]) / KEY_STEPS;
    const from = begun();
    onChoose([from[0] + by[0] * size(0), from[1] + by[1] * size(1)]);
  };
  return (
    <div
      class="code-plane" role="group" tabIndex={0} aria-label={t("family.auto.plane", { name })} onKeyDown={press}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = view;
        choose(event, view);
      }}
      onPointerMove={(event) => dragged.current && choose(event, dragged.current)}
      onPointerUp={() => (dragged.current = null)}
      onPointerCancel={() => (dragged.current = null)}
    >
      <canvas ref={canvas} class="heat-grid" style={{ aspectRatio: `1 / ${RATIO}` }} />
    </div>
  );
}

function drawPlane(canvas: HTMLCanvasElement, width: number, height: number, view: PlaneView, codes: Float32Array, labels: Float32Array, at: readonly [number, number]): void {
  const context = prepare(canvas, width, height);
  context.fillStyle = css(rgbOf("--ground"));
  context.fillRect(0, 0, width, height);
  context.font = "600 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  labels.forEach((label, row) => {
    const [across, down] = placeOf(view, [codes[2 * row]!, codes[2 * row + 1]!]);
    if (!Number.isFinite(across + down)) return;
    context.fillStyle = css(rgbOf(classToken(label)));
    context.fillText(String(label), across * width, down * height);
  });
  context.strokeStyle = css(rgbOf("--edge"));
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
  const [across, down] = placeOf(view, at);
  for (const [token, line] of [["--ground", 5], ["--way", 2.5]] as const) {
    context.strokeStyle = css(rgbOf(token));
    context.lineWidth = line;
    context.beginPath();
    context.arc(across * width, down * height, 9, 0, 2 * Math.PI);
    context.stroke();
  }
}

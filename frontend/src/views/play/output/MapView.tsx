import { effect, useSignal, type Signal } from "@preact/signals";
import type { TargetedKeyboardEvent, TargetedMouseEvent, TargetedPointerEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { prepare } from "../../../components/drawHeat";
import { t } from "../../../i18n";
import { addPoint, canDraw, domainOf, drawnAnswer, endDrawing, isDrawing, removePoint } from "../../../play/data/own";
import { boxOf, toPlane, toScreen } from "../../../play/map/geometry";
import { drawMapPoints, nearestPoint } from "../../../play/map/points";
import { hoveredUnit, selectedPoint } from "../../../play/selection";
import { state } from "../../../play/store";
import { colours } from "../../../state/preferences";
import { axisNames, drawAxes } from "./mapAxes";
import { MapReadout } from "./MapReadout";
import { drawHeatMap } from "./mapHeat";

/** A place of the plane that is pointed at, with the mouse or by keys. */
export type Cursor = { x: number; y: number; byKey: boolean } | null;

/** Pixels around a point within which a click means it. */
const REACH = 14;

/** The map: the answer over the plane below, points above; read by pointing or with arrow keys. */
export function MapView() {
  const heat = useRef<HTMLCanvasElement>(null);
  const points = useRef<HTMLCanvasElement>(null);
  const width = useSignal(320);
  const cursor = useSignal<Cursor>(null);
  useEffect(() => {
    const [below, above] = [heat.current!, points.current!]; // they may be told of their size when they are no longer shown
    const observer = new ResizeObserver(([entry]) => (width.value = Math.round(entry!.contentRect.width)));
    observer.observe(below.parentElement!);
    const stop = [effect(() => drawHeatLayer(below, width.value)), effect(() => drawPointLayer(above, width.value))];
    return () => {
      observer.disconnect();
      stop.forEach((one) => one());
    };
  }, []);
  const drawing = isDrawing.value && canDraw();
  const place = (event: TargetedMouseEvent<HTMLElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top] as const;
  };
  const pointAt = (event: TargetedMouseEvent<HTMLElement>) => {
    const [x, y] = toPlane(boxOf(width.value), domainOf(), ...place(event));
    cursor.value = isInside(x, y) ? { x, y, byKey: false } : null;
  };
  const press = (event: TargetedMouseEvent<HTMLElement>) => act(width.value, place(event), drawing, event.altKey || event.button === 2);
  const brush = useBrush((event) => drawAt(width.value, place(event)));
  return (
    <div class="map-frame">
      <div
        class={`map-view${drawing ? " drawing" : ""}`} tabIndex={0} role="group"
        aria-label={`${mapTitle()}. ${t(drawing ? "play.map.keys.draw" : "play.map.keys")}`}
        onMouseMove={pointAt} onMouseLeave={() => (cursor.value = null)}
        onClick={(event) => (!drawing || event.altKey) && press(event)} {...(drawing && brush)}
        onContextMenu={(event) => {
          if (!drawing) return;
          event.preventDefault();
          press(event);
        }}
        onKeyDown={(event) => onKey(event, cursor, width.value, drawing)}
        onFocusOut={() => (cursor.value = null)}
      >
        <canvas ref={heat} aria-hidden="true" />
        <canvas ref={points} aria-hidden="true" />
        <Crosshair cursor={cursor} width={width} />
      </div>
      <MapReadout cursor={cursor} />
    </div>
  );
}

const isInside = (x: number, y: number): boolean => {
  const [[left, right], [low, high]] = domainOf();
  return x >= left && x <= right && y >= low && y <= high;
};

function mapTitle(): string {
  const unit = hoveredUnit.value;
  const [x, y] = axisNames();
  if (unit && "unit" in unit) return t("play.map.unit", { unit: unit.unit + 1, layer: unit.layer });
  if (unit) return t("play.map.feature", { name: state.value.networks[state.value.view.network]!.features[unit.feature] ?? "" });
  return t("play.map", { x, y });
}

function drawHeatLayer(canvas: HTMLCanvasElement, width: number): void {
  colours.value; // drawn again in other colours
  const box = boxOf(width);
  const context = prepare(canvas, width, box.height + box.top + 34);
  drawHeatMap(context, box);
  drawAxes(context, box, domainOf());
}

function drawPointLayer(canvas: HTMLCanvasElement, width: number): void {
  colours.value;
  const box = boxOf(width);
  drawMapPoints(prepare(canvas, width, box.height + box.top + 34), box, domainOf());
}

/** A click or Enter at a place: draw or take away a point, or choose one. */
function act(width: number, [x, y]: readonly [number, number], drawing: boolean, isRemoval: boolean, within = REACH): void {
  const box = boxOf(width);
  const near = nearestPoint(box, domainOf(), x, y, within);
  if (!drawing) selectedPoint.value = near && { row: near.row };
  else if (isRemoval) near && removePoint(near.row);
  else {
    drawAt(width, [x, y]);
    endDrawing();
  }
}

function drawAt(width: number, at: readonly [number, number]): void {
  const plane = toPlane(boxOf(width), domainOf(), ...at);
  if (isInside(...plane)) addPoint(plane.map((value) => Math.round(value * 100) / 100), drawnAnswer.peek(), { dragging: true });
}

/** Pixels between two points of a stroke. */
const APART = 12;

/** A press draws a point, a drag a row of them. */
function useBrush(drawAt: (event: TargetedMouseEvent<HTMLElement>) => void) {
  const last = useRef<readonly [number, number] | null>(null);
  const draw = (event: TargetedMouseEvent<HTMLElement>) => {
    last.current = [event.clientX, event.clientY];
    drawAt(event);
  };
  return {
    onPointerDown: (event: TargetedPointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.altKey) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      draw(event);
    },
    onPointerMove: (event: TargetedPointerEvent<HTMLElement>) => {
      if (last.current && Math.hypot(event.clientX - last.current[0], event.clientY - last.current[1]) >= APART) draw(event);
    },
    onPointerUp: () => {
      if (last.current) endDrawing();
      last.current = null;
    },
  };
}

const STEPS: Record<string, readonly [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function onKey(event: TargetedKeyboardEvent<HTMLElement>, cursor: Signal<Cursor>, width: number, drawing: boolean): void {
  const domain = domainOf();
  const [[left, right], [low, high]] = domain;
  const now = cursor.value ?? { x: (left + right) / 2, y: (low + high) / 2 };
  const step = STEPS[event.key];
  if (step) {
    const share = event.shiftKey ? 0.1 : 0.02;
    const clamp = (value: number, least: number, greatest: number) => Math.min(Math.max(value, least), greatest);
    cursor.value = { x: clamp(now.x + step[0] * share * (right - left), left, right), y: clamp(now.y + step[1] * share * (high - low), low, high), byKey: true };
  } else if (["Enter", " ", "Delete"].includes(event.key)) {
    act(width, toScreen(boxOf(width), domain, now.x, now.y), drawing, event.key === "Delete", Infinity);
  } else if (event.key === "Escape") {
    selectedPoint.value = null;
  } else {
    return;
  }
  event.preventDefault();
}

function Crosshair({ cursor, width }: { cursor: Signal<Cursor>; width: Signal<number> }) {
  if (!cursor.value?.byKey) return null;
  const [left, top] = toScreen(boxOf(width.value), domainOf(), cursor.value.x, cursor.value.y);
  return <span class="crosshair" aria-hidden="true" style={{ left: `${left}px`, top: `${top}px` }} />;
}

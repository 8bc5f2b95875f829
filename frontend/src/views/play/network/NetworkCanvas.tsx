import { effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { shadesOf } from "../../../play/drawing/colours";
import type { Column } from "../../../play/drawing/columns";
import type { Layout } from "../../../play/drawing/geometry";
import { litOf, NONE } from "../../../play/drawing/lights";
import { paintScene } from "../../../play/drawing/paint";
import { Atlas, sourcesOf } from "../../../play/drawing/pictures";
import { pointed } from "../../../play/drawing/pointing";
import { sceneOf } from "../../../play/drawing/scene";
import { data, frame } from "../../../play/session";
import { hoveredUnit, lights, selected } from "../../../play/selection";
import { state } from "../../../play/store";
import { colours } from "../../../state/preferences";
import { inkNow } from "./useNetwork";
import { chosenOf, nearOf } from "./marked";

interface Props {
  index: number;
  columns: readonly Column[];
  layout: Layout;
  /** Whether it is the one that is worked on: what is pointed at and lit shows in it. */
  isMain: boolean;
  label?: string;
}

/** More pixels than these no telephone has in a canvas. */
const MOST_PIXELS = 8_000_000;
const stills = matchMedia("(prefers-reduced-motion: reduce)");
const isStill = signal(stills.matches);
stills.addEventListener("change", () => (isStill.value = stills.matches));

/** Links, pictures and biases of a network, drawn again with each frame, outside of the tree of components. */
export function NetworkCanvas({ index, columns, layout, isMain, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = sharpContext(canvas.current!, layout);
    const atlas = new Atlas();
    return effect(() => paint(context, atlas, { index, columns, layout, isMain }));
  }, [index, columns, layout, isMain]);
  const style = { width: `${layout.width}px`, height: `${layout.height}px` };
  return <canvas ref={canvas} class="net-canvas" style={style} {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })} />;
}

function sharpContext(canvas: HTMLCanvasElement, { width, height }: Layout): CanvasRenderingContext2D {
  const ratio = Math.min(devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (width * height)));
  canvas.width = Math.ceil(width * ratio);
  canvas.height = Math.ceil(height * ratio);
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

const STILL_DOMAIN = [[-6, 6], [-6, 6]] as const;

function paint(context: CanvasRenderingContext2D, atlas: Atlas, { index, columns, layout, isMain }: Props): void {
  const now = frame.value;
  const shown = now?.networks[index] ?? null;
  void colours.value;
  const ink = inkNow();
  const marked = isMain
    ? { lit: litOf(lights.value, columns), chosen: chosenOf(selected.value, pointed.value, columns), near: nearOf(hoveredUnit.value) }
    : { lit: NONE, chosen: NONE, near: null };
  atlas.paint(sourcesOf(columns, shown, data.value?.domain ?? STILL_DOMAIN).flat(), shadesOf(ink.palette), state.value.view.discretize);
  const moves = now?.running && !isStill.value && isMain;
  paintScene(context, sceneOf(layout, columns, shown, marked), atlas, ink, { phase: moves ? now.frame * 1.5 : null });
}

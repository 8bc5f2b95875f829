import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Column } from "../../../play/drawing/columns";
import type { Layout } from "../../../play/drawing/geometry";
import { litOf, NONE } from "../../../play/drawing/lights";
import type { Box } from "../../../play/drawing/paint";
import { Painter } from "../../../play/drawing/painter";
import { sourcesOf } from "../../../play/drawing/pictures";
import { pointed } from "../../../play/drawing/pointing";
import type { Marked } from "../../../play/drawing/scene";
import { data, frame } from "../../../play/session";
import { hoveredUnit, lights, selected } from "../../../play/selection";
import { state } from "../../../play/store";
import { colours } from "../../../state/preferences";
import { chosenOf, nearOf } from "./marked";
import { inkNow } from "./useNetwork";

interface Props {
  index: number;
  columns: readonly Column[];
  layout: Layout;
  /** What of it is seen; left out: all. Given where it is the network worked on: what is pointed at and lit shows in it. */
  view?: ReadonlySignal<Box | null>;
  label?: string;
}

const stills = matchMedia("(prefers-reduced-motion: reduce)");
const isStill = signal(stills.matches);
stills.addEventListener("change", () => (isStill.value = stills.matches));
const UNMARKED: Marked = { lit: NONE, chosen: NONE, near: null };
const PLANE = [[-6, 6], [-6, 6]] as const;

/** Links, pictures and biases of a network, drawn again with each frame, outside of the tree of components. */
export function NetworkCanvas({ index, columns, layout, view, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const painter = new Painter(canvas.current!, layout, columns, view === undefined);
    // What is meant changes at once; links that only follow training wait for their turn.
    const stopMarks = effect(() => {
      if (view) painter.mark({ lit: litOf(lights.value, columns), chosen: chosenOf(selected.value, pointed.value, columns), near: nearOf(hoveredUnit.value) });
      else painter.mark(UNMARKED);
      void colours.value;
      painter.view = view?.value ?? null;
      paint();
    });
    function paint(): void {
      const now = frame.peek();
      const shown = now?.networks[index] ?? null;
      const sources = sourcesOf(columns, shown, data.peek()?.domain ?? PLANE).flat();
      const isMoving = now?.running === true && !isStill.peek() && view !== undefined;
      painter.paint(shown, sources, inkNow(), { discretize: state.peek().view.discretize, running: now?.running === true, phase: isMoving ? now.frame * 1.5 : null });
    }
    const stopFrames = effect(() => {
      void [frame.value, data.value, state.value.view.discretize, isStill.value];
      paint();
    });
    return () => {
      stopMarks();
      stopFrames();
      painter.stop();
    };
  }, [index, columns, layout, view]);
  const style = { width: `${layout.width}px`, height: `${layout.height}px` };
  return <canvas ref={canvas} class="net-canvas" style={style} {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })} />;
}

import { useEffect, useRef, useState } from "preact/hooks";
import { colours } from "../../../state/preferences";
import { drawGrid, type Grid, type Place } from "./drawGrid";

interface Props extends Grid {
  /** What the picture is; none where what is around it says so. */
  label?: string;
  /** Height of a row as a share of a column's width. */
  ratio?: number;
  /** A number is pointed at, or chosen by the arrow keys. Without it the picture is a picture alone. */
  onChoose?: (place: Place) => void;
  /** Where the arrow keys go on from; the chosen number, unless it is given. */
  from?: Place;
}

/** Numbers as a picture; those that can be chosen are so by pointing, touching and by the arrow keys. */
export function HeatGrid({ label, ratio = 1, onChoose, from: start, ...grid }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  const { rows, columns, chosen } = grid;
  const height = (width / columns) * rows * ratio;
  useEffect(() => {
    if (width) drawGrid(canvas.current!, grid, width, height);
  }, [grid.values, width, colours.value, rows, columns, chosen?.row, chosen?.column, grid.box?.row, grid.box?.column, grid.most, grid.isWritten]);
  const style = { aspectRatio: `${columns} / ${rows * ratio}` };
  if (!onChoose) return <canvas ref={canvas} class="heat-grid" style={style} {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })} />;
  const point = (event: PointerEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    const at = (share: number, count: number) => Math.min(Math.max(Math.floor(share * count), 0), count - 1);
    onChoose({ row: at((event.clientY - box.top) / box.height, rows), column: at((event.clientX - box.left) / box.width, columns) });
  };
  const move = (event: KeyboardEvent) => {
    const by = ARROWS[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const from = start ?? chosen ?? { row: 0, column: 0 };
    onChoose({ row: Math.min(Math.max(from.row + by[0], 0), rows - 1), column: Math.min(Math.max(from.column + by[1], 0), columns - 1) });
  };
  return (
    <div class="heat-choice" role="group" tabIndex={0} aria-label={label} onKeyDown={move} onPointerMove={point} onPointerDown={point} >
      <canvas ref={canvas} class="heat-grid" style={style} />
    </div>
  );
}

export const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The width that an element has, also when it changes. */
export function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(() => setWidth(element.current?.clientWidth ?? 0));
    observer.observe(element.current!);
    setWidth(element.current!.clientWidth);
    return () => observer.disconnect();
  }, []);
  return width;
}

/** What the drawings of a network share: its columns, how much room they have, the colours they are drawn in. */
import { useComputed } from "@preact/signals";
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { RefObject } from "preact";
import { colourOf as tokenColour } from "../../../components/colours";
import { columnsOf, type Column } from "../../../play/drawing/columns";
import type { Ink } from "../../../play/drawing/paint";
import { signedPalette } from "../../../play/palette";
import { frame } from "../../../play/session";
import { state } from "../../../play/store";

/** The columns of a network: made again when its shape changes, not with each frame. */
export function useColumns(index: number): Column[] {
  const { data, networks } = state.value;
  const network = networks[index]!;
  const layers = useComputed(() => frame.value?.networks[index]?.layers.map(({ path, units }) => `${path} ${units}`).join() ?? "");
  const wanted = JSON.stringify([network.features, network.layers, data.name, data.columns, data.problem, data.classes]);
  return useMemo(() => columnsOf(network, data, frame.peek()?.networks[index] ?? null), [index, wanted, layers.value]);
}

/** How wide an element is, in whole pixels. */
export function useWidth(element: RefObject<HTMLElement | null>, first = 0): number {
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    setWidth(Math.floor(measured.getBoundingClientRect().width));
    watch.observe(measured);
    return () => watch.disconnect();
  }, []);
  return width;
}

export const inkNow = (): Ink => ({
  palette: signedPalette(),
  ground: tokenColour("--ground"),
  edge: tokenColour("--edge"),
  text: tokenColour("--text"),
  way: tokenColour("--way"),
});

/** As in the chart of their losses. */
export const networkName = (index: number): string => "ABCD"[index] ?? String(index + 1);

import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { t } from "../../../i18n";
import type { Column } from "../../../play/drawing/columns";
import { layOut, linkAt, linkCurve, markerPlace, pointAt, TARGET, type Layout, type Place } from "../../../play/drawing/geometry";
import type { Box } from "../../../play/drawing/paint";
import { addressOf, closeAll, forgetMissing, isSame, opened, panel, pointed, targetOf, type Part } from "../../../play/drawing/pointing";
import { MOST_LINKS } from "../../../play/drawing/scene";
import { unitSigns, type UnitSign } from "../../../play/drawing/signs";
import { frame } from "../../../play/session";
import { hoveredUnit, selected } from "../../../play/selection";
import { LayerHeads } from "./LayerHeads";
import { LinkCard } from "./LinkCard";
import { NetworkCanvas } from "./NetworkCanvas";
import { NumberField } from "./NumberField";
import { cellId, UnitGrid } from "./UnitGrid";
import { UnitPanel } from "./UnitPanel";
import { useWidth } from "./useNetwork";
import { WeightTables } from "./WeightTables";

/** The network that is worked on: its links can be pointed at, opened and set, its units opened. */
export function Drawing({ index, columns }: { index: number; columns: readonly Column[] }) {
  const box = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const refusal = useSignal("");
  const scroll = useRef<HTMLDivElement>(null);
  const view = useSignal<Box | null>(null);
  const layout = useMemo(() => layOut({ units: columns.map(({ units }) => units.length), width: Math.max(width, 240), labels: labelRoom(columns), heads: true }), [columns, width]);
  const see = () => (view.value = scroll.current && seen(scroll.current, layout));
  useEffect(() => void see(), [layout]);
  const signs = useSigns(index, columns);
  useEffect(() => () => {
    closeAll();
    hoveredUnit.value = selected.value = null;
  }, [index]);
  useEffect(() => forgetMissing(columns), [columns]);
  const focusCell = (part: Part) => document.getElementById(cellId({ layer: part.layer, unit: part.to }))?.focus();
  const links = columns.slice(1).reduce((sum, { units }, layer) => sum + units.length * columns[layer]!.units.filter(({ row }) => row !== null).length, 0);
  return (
    <div class="net-drawing" ref={box}>
      {layout.turned && <LayerHeads index={index} columns={columns} layout={layout} signs={signs} />}
      <div class="net-scroll" ref={scroll} onScroll={see} tabIndex={layout.width > width && width ? 0 : -1} role="group" aria-label={t("net.title")}>
        {!layout.turned && <LayerHeads index={index} columns={columns} layout={layout} signs={signs} />}
        <div class="net-stage" style={{ width: `${layout.width}px`, height: `${layout.height}px` }}>
          <Surface index={index} columns={columns} layout={layout} view={view} />
          <UnitGrid index={index} columns={columns} layout={layout} signs={signs} grid={grid} onRefuse={(why) => (refusal.value = why)} />
          <Cards index={index} columns={columns} layout={layout} onClose={focusCell} />
        </div>
      </div>
      {links > MOST_LINKS && <p class="note">{t("net.strongest", { shown: MOST_LINKS, all: links })}</p>}
      {refusal.value && <p class="note" role="status">{refusal.value}</p>}
      {panel.value && panel.value.layer < columns.length && panel.value.unit < columns[panel.value.layer]!.units.length && (
        <UnitPanel key={`${panel.value.layer} ${panel.value.unit}`} index={index} columns={columns} cell={panel.value} signs={signs} />
      )}
      <WeightTables index={index} columns={columns} />
    </div>
  );
}

/** The part of a drawing that its scrolled box shows, with something around; null where it shows all. */
function seen({ scrollLeft, scrollTop, clientWidth, clientHeight }: HTMLElement, { width, height }: Layout): Box | null {
  if (clientWidth >= width && clientHeight >= height) return null;
  const around = 80;
  return { left: scrollLeft - around, top: scrollTop - 2 * around, right: scrollLeft + clientWidth + around, bottom: scrollTop + clientHeight };
}

/** Pixels for the longest name beside what goes in, as far as that goes. */
const labelRoom = (columns: readonly Column[]): number => Math.min(96, 8 + 7.2 * Math.max(4, ...columns[0]!.units.map(({ label }) => label.length)));

function useSigns(index: number, columns: readonly Column[]): readonly UnitSign[] {
  const told = useComputed(() => JSON.stringify(frame.value?.networks[index]?.signs ?? []));
  return useMemo(() => unitSigns(JSON.parse(told.value), columns), [told.value, columns]);
}

/** The canvas, and what a pointer means on it. */
function Surface({ index, columns, layout, view }: { index: number; columns: readonly Column[]; layout: Layout; view: ReadonlySignal<Box | null> }) {
  const find = (event: MouseEvent): Part | null => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    const link = linkAt(layout, point, ({ layer, from }) => columns[layer - 1]!.units[from]!.row !== null);
    return link && { kind: "link", ...link };
  };
  const point = (event: MouseEvent) => {
    const part = find(event);
    if (!isSame(part, pointed.peek())) pointed.value = part;
  };
  const open = (event: MouseEvent) => {
    const part = find(event);
    const address = part && addressOf(part, columns, frame.peek()?.networks[index] ?? null);
    selected.value = address && targetOf(address); // beside all links: nothing
    opened.value = address ? part : null;
  };
  return (
    <div class="net-surface" onPointerMove={point} onPointerLeave={() => (pointed.value = null)} onClick={open} style={{ cursor: pointed.value?.kind === "link" ? "pointer" : "default" }}>
      <NetworkCanvas index={index} columns={columns} layout={layout} view={view} />
    </div>
  );
}

/** The number field that is open, else the card of what is pointed at. */
function Cards({ index, columns, layout, onClose }: { index: number; columns: readonly Column[]; layout: Layout; onClose(part: Part): void }) {
  const part = opened.value ?? pointed.value;
  if (!part || part.layer >= columns.length) return null;
  const style = cardAt(placeOf(part, layout), layout);
  const address = opened.value && addressOf(opened.value, columns, frame.peek()?.networks[index] ?? null);
  if (opened.value && address) return <NumberField network={index} part={part} address={address} columns={columns} style={style} onClose={() => onClose(part)} />;
  return <LinkCard network={index} part={part} columns={columns} style={style} />;
}

function placeOf(part: Part, layout: Layout): Place {
  const to = layout.places[part.layer]?.[part.to] ?? { x: 0, y: 0 };
  if (part.kind === "bias") return markerPlace(layout, to);
  return pointAt(linkCurve(layout, layout.places[part.layer - 1]?.[part.from] ?? to, to), 0.5);
}

const CARD = { width: 190, height: 130 };

/** Beside its place, within the drawing: below, or above where there is no room below. */
function cardAt({ x, y }: Place, { width, height }: Layout): Record<string, string> {
  const left = Math.min(Math.max(x - CARD.width / 2, 0), Math.max(0, width - CARD.width));
  const isAbove = y + CARD.height + TARGET > height && y > CARD.height;
  return { left: `${left}px`, ...(isAbove ? { bottom: `${height - y + 14}px` } : { top: `${y + 14}px` }), width: `${CARD.width}px` };
}

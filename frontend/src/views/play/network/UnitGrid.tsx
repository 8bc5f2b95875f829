import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useMemo } from "preact/hooks";
import { isKey, language, t } from "../../../i18n";
import { toggleFeature, type Column } from "../../../play/drawing/columns";
import { markerPlace, TARGET, type Layout, type Place } from "../../../play/drawing/geometry";
import { moveTo, stillThere, type Cell } from "../../../play/drawing/keyboard";
import { opened, panel, pointed, type Part } from "../../../play/drawing/pointing";
import { shapeOfSign, type UnitSign } from "../../../play/drawing/signs";
import { writeTarget } from "../../../play/drawing/numbers";
import { hoveredUnit, selected, type HoveredUnit } from "../../../play/selection";
import { changeNetwork, state } from "../../../play/store";
import { unitName } from "./names";

interface Props {
  index: number;
  columns: readonly Column[];
  layout: Layout;
  signs: readonly UnitSign[];
  grid: RefObject<HTMLDivElement | null>;
  /** Said where something cannot be done. */
  onRefuse(why: string): void;
}

export const cellId = ({ layer, unit }: Cell): string => `net-unit-${layer}-${unit}`;

/** Units as a grid for mouse, touch, keyboard and screen readers: one stop of the Tab key, arrows within. */
export function UnitGrid({ index, columns, layout, signs, grid, onRefuse }: Props) {
  const focused = useSignal<Cell>({ layer: 0, unit: 0 });
  const counts = columns.map(({ units }) => units.length);
  const stop = stillThere(focused.value, counts);
  const act = (cell: Cell) => activate(cell, columns, index, onRefuse);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target as HTMLElement).dataset["cell"] || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveTo(event.key, stop, counts, layout.turned);
    if (next) focused.value = next;
    else if (event.key === "Enter" || event.key === " ") act(stop);
    else if (event.key.toLowerCase() === "e" && stop.layer > 0) openBias(stop, columns);
    else if (event.key === "Escape" && panel.value) panel.value = null;
    else return;
    event.preventDefault();
    if (next) document.getElementById(cellId(next))?.focus();
  };
  return (
    <div class="net-grid" ref={grid} role="grid" aria-label={t("net.drawing")} aria-colcount={counts.length} aria-rowcount={Math.max(...counts)} onKeyDown={onKeyDown}>
      {columns.map((column, layer) => (
        <UnitRow
          key={layer} columns={columns} layout={layout} layer={layer} signs={signs} count={column.units.length} onAct={act}
          stop={stop.layer === layer ? stop.unit : -1} open={panel.value?.layer === layer ? panel.value.unit : -1} onFocus={(cell) => (focused.value = cell)}
        />
      ))}
    </div>
  );
}

interface RowProps {
  columns: readonly Column[];
  layout: Layout;
  layer: number;
  count: number;
  signs: readonly UnitSign[];
  /** The unit where the Tab key stops, and that whose panel is open; -1: none of this layer. */
  stop: number;
  open: number;
  onFocus(cell: Cell): void;
  onAct(cell: Cell): void;
}

/** The units of a layer: made again only when something of this layer changes, for there may be more than a thousand in all. */
function UnitRow({ columns, layout, layer, count, signs, stop, open, onFocus, onAct }: RowProps) {
  return useMemo(() => (
    <div role="row" class="net-row">
      {Array.from({ length: count }, (_, unit) => (
        <UnitCell
          key={unit} columns={columns} layout={layout} cell={{ layer, unit }} isStop={stop === unit} isOpen={open === unit}
          signs={signs.filter((sign) => sign.layer === layer && sign.unit === unit)}
          onFocus={() => onFocus({ layer, unit })} onAct={() => onAct({ layer, unit })}
        />
      ))}
    </div>
  ), [columns, layout, signs, stop, open, language.value]);
}

function activate(cell: Cell, columns: readonly Column[], index: number, onRefuse: (why: string) => void): void {
  const column = columns[cell.layer]!;
  const feature = column.units[cell.unit]?.feature;
  if (feature) {
    const { features } = state.peek().networks[index]!;
    const next = toggleFeature(features, feature);
    if (next.length && !state.peek().view.hide.includes("features")) changeNetwork({ features: next }, index);
    else if (!next.length) onRefuse(t("net.last_feature"));
    return;
  }
  if (column.kind === "features") return;
  if (column.path) selected.value = writeTarget({ layer: column.path, leaf: null, index: [cell.unit] });
  panel.value = cell;
}

function openBias({ layer, unit }: Cell, columns: readonly Column[]): void {
  const part: Part = { kind: "bias", layer, to: unit };
  if (columns[layer]!.path) selected.value = writeTarget({ layer: columns[layer]!.path!, leaf: "b", index: [unit] });
  opened.value = part;
}

interface CellProps {
  columns: readonly Column[];
  layout: Layout;
  cell: Cell;
  isStop: boolean;
  isOpen: boolean;
  signs: readonly UnitSign[];
  onFocus(): void;
  onAct(): void;
}

function UnitCell({ columns, layout, cell, isStop, isOpen, signs, onFocus, onAct }: CellProps) {
  const column = columns[cell.layer]!;
  const { label, feature, row } = column.units[cell.unit]!;
  const place = layout.places[cell.layer]![cell.unit]!;
  const name = unitName(columns, cell.layer, cell.unit);
  const isOff = row === null;
  const told = signs.map(({ sign }) => signText(sign));
  const show = () => (hoveredUnit.value = hoveredOf(columns, cell));
  const hide = () => (hoveredUnit.value = hoveredOf(columns, focusedCell()));
  const full = [name, ...(feature ? [t(isOff ? "net.feature_off" : "net.feature_on")] : []), ...told].join(", ");
  return (
    <div role="gridcell" aria-colindex={cell.layer + 1} aria-rowindex={cell.unit + 1} class="net-cell">
      <button
        type="button" id={cellId(cell)} data-cell={`${cell.layer},${cell.unit}`} class={`net-unit${isOpen ? " open" : ""}${signs.length ? " marked" : ""}`} tabIndex={isStop ? 0 : -1}
        style={boxAt(place, layout.size)} aria-label={full} title={told.join("; ") || undefined}
        {...(feature ? { "aria-pressed": !isOff } : column.kind === "features" ? {} : { "aria-expanded": isOpen })}
        onClick={onAct} onFocus={() => (onFocus(), show())} onBlur={hide} onPointerEnter={show} onPointerLeave={hide}
      >
        {signs.map(({ sign }) => <span class="unit-sign" aria-hidden="true" key={sign}>{shapeOfSign(sign)}</span>)}
      </button>
      {label && <span class={`net-label${isOff ? " off" : ""}`} style={labelAt(place, layout, column.kind === "output")} aria-hidden="true" title={label}>{label}</span>}
      {column.kind !== "features" && <BiasButton cell={cell} columns={columns} name={name} layout={layout} place={place} />}
    </div>
  );
}

/** What the large map shows of a unit; the answer where the unit is a feature that is switched off. */
function hoveredOf(columns: readonly Column[], cell: Cell | null): HoveredUnit | null {
  const column = cell && columns[cell.layer];
  const row = column?.units[cell!.unit]?.row ?? null;
  if (!cell || !column || row === null || column.kind === "output") return null;
  return column.kind === "features" ? { feature: row } : cell;
}

/** The unit that has the focus of the keyboard. */
function focusedCell(): Cell | null {
  const told = (document.activeElement as HTMLElement | null)?.dataset["cell"];
  const [layer, unit] = told?.split(",").map(Number) ?? [];
  return layer === undefined || unit === undefined ? null : { layer, unit };
}

function BiasButton({ cell, columns, name, layout, place }: { cell: Cell; columns: readonly Column[]; name: string; layout: Layout; place: Place }) {
  const part: Part = { kind: "bias", layer: cell.layer, to: cell.unit };
  return (
    <button
      type="button" class="net-bias" tabIndex={-1} style={boxAt(markerPlace(layout, place), TARGET)} aria-label={t("net.bias_of", { unit: name })}
      onClick={() => openBias(cell, columns)}
      onPointerEnter={() => (pointed.value = part)} onPointerLeave={() => (pointed.value = null)}
    />
  );
}

export function signText(sign: string): string {
  const key = `net.sign.${sign}`;
  return isKey(key) ? t(key) : sign.replace(/_/g, " ");
}

const boxAt = ({ x, y }: Place, size: number): Record<string, string> => ({
  left: `${x - size / 2}px`, top: `${y - size / 2}px`, width: `${size}px`, height: `${size}px`,
});

const labelAt = ({ x, y }: Place, { size, turned }: Layout, isOutput: boolean): Record<string, string> =>
  turned
    ? { left: `${x}px`, top: `${y - size / 2 - 2}px`, transform: "translate(-50%, -100%)" }
    : isOutput
      ? { left: `${x + size / 2 + 4}px`, top: `${y}px`, transform: "translateY(-50%)" }
      : { left: `${x - size / 2 - 5}px`, top: `${y}px`, transform: "translate(-100%, -50%)" };

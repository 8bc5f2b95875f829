import { useEffect, useRef } from "preact/hooks";
import { formatNumber } from "../../../analysis/numbers";
import { t } from "../../../i18n";
import type { Column } from "../../../play/drawing/columns";
import type { Cell } from "../../../play/drawing/keyboard";
import { at, meanOutput, piecesOf } from "../../../play/drawing/numbers";
import { addressOf, panel, pointed, targetOf, type Part } from "../../../play/drawing/pointing";
import type { UnitSign } from "../../../play/drawing/signs";
import { frame } from "../../../play/session";
import { selected } from "../../../play/selection";
import { activationName, unitName } from "./names";
import { cellId, signText } from "./UnitGrid";
import { WeightInput } from "./WeightInput";

interface Props {
  index: number;
  columns: readonly Column[];
  cell: Cell;
  signs: readonly UnitSign[];
}

/** All there is to one unit: weights in and out as fields, bias, activation, what it says on average. */
export function UnitPanel({ index, columns, cell, signs }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    const isKey = document.activeElement?.id === cellId(cell) && document.activeElement.matches(":focus-visible");
    if (isKey) heading.current?.focus();
    else section.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const close = () => {
    panel.value = null;
    document.getElementById(cellId(cell))?.focus();
  };
  const told = signs.filter(({ layer, unit }) => layer === cell.layer && unit === cell.unit);
  const column = columns[cell.layer]!;
  return (
    <section ref={section} class="net-panel" aria-labelledby="net-panel-title" onKeyDown={(event) => event.key === "Escape" && close()}>
      <header>
        <h3 id="net-panel-title" tabIndex={-1} ref={heading}>{unitName(columns, cell.layer, cell.unit)}</h3>
        <button type="button" class="small" onClick={close}>{t("net.close")}</button>
      </header>
      {told.map(({ sign }) => <p key={sign} class="fault-text">{signText(sign)}</p>)}
      <dl class="net-facts">
        {column.activation && <div><dt>{t("net.activation")}</dt><dd>{activationName(column.activation)}</dd></div>}
        <MeanOutput index={index} columns={columns} cell={cell} />
        <div><dt>{t("net.bias")}</dt><dd><PartInputs index={index} columns={columns} part={{ kind: "bias", layer: cell.layer, to: cell.unit }} /></dd></div>
      </dl>
      <div class="net-tables">
        <PartTable index={index} columns={columns} caption={t("net.weights_in")} head={t("net.from")} parts={partsIn(columns, cell)} nameOf={(part) => unitName(columns, part.layer - 1, part.from)} />
        {cell.layer + 1 < columns.length && (
          <PartTable index={index} columns={columns} caption={t("net.weights_out")} head={t("net.to")} parts={partsOut(columns, cell)} nameOf={(part) => unitName(columns, part.layer, part.to)} />
        )}
      </div>
    </section>
  );
}

type LinkPart = Extract<Part, { kind: "link" }>;

const partsIn = (columns: readonly Column[], { layer, unit }: Cell): LinkPart[] =>
  columns[layer - 1]!.units.flatMap(({ row }, from) => (row === null ? [] : [{ kind: "link" as const, layer, from, to: unit }]));

const partsOut = (columns: readonly Column[], { layer, unit }: Cell): LinkPart[] =>
  columns[layer + 1]!.units.map((_, to) => ({ kind: "link" as const, layer: layer + 1, from: unit, to }));

function MeanOutput({ index, columns, cell }: Omit<Props, "signs">) {
  const pictures = frame.value?.networks[index]?.arrays.get(columns[cell.layer]!.kind === "output" ? "map" : `unit:${cell.layer}`);
  return <div><dt>{t("net.mean_output")}</dt><dd>{formatNumber(pictures ? meanOutput(pictures, cell.unit) : null)}</dd></div>;
}

interface TableProps {
  index: number;
  columns: readonly Column[];
  caption: string;
  head: string;
  parts: readonly LinkPart[];
  nameOf(part: LinkPart): string;
}

function PartTable({ index, columns, caption, head, parts, nameOf }: TableProps) {
  const hasGradients = frame.peek()?.networks[index]?.arrays.has(`grad:${columns[parts[0]?.layer ?? 1]!.path}/W`) ?? false;
  if (!parts.length) return <p class="note">{t("net.no_inputs")}</p>;
  return (
    <div class="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr><th scope="col">{head}</th><th scope="col">{t("net.weight")}</th>{hasGradients && <th scope="col">{t("net.gradient")}</th>}</tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={`${part.from} ${part.to}`}>
              <th scope="row">{nameOf(part)}</th>
              <td><PartInputs index={index} columns={columns} part={part} /></td>
              {hasGradients && <td class="number"><GradientOf index={index} columns={columns} part={part} /></td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GradientOf({ index, columns, part }: { index: number; columns: readonly Column[]; part: Part }) {
  const now = frame.value?.networks[index] ?? null;
  const address = addressOf(part, columns, now);
  const gradients = address && now?.arrays.get(`grad:${address.path}`);
  return <>{formatNumber(gradients ? at(gradients, address.index) : null)}</>;
}

/** The field of a number; of maxout one a piece. */
function PartInputs({ index, columns, part }: { index: number; columns: readonly Column[]; part: Part }) {
  const now = frame.peek()?.networks[index] ?? null;
  const path = columns[part.layer]!.path;
  const weights = path ? now?.arrays.get(`param:${path}/W`) : undefined;
  const pieces = weights ? piecesOf(weights) : 1;
  return (
    <>
      {Array.from({ length: pieces }, (_, piece) => {
        const address = addressOf(part, columns, now, piece);
        const onPoint = (isAt: boolean) => {
          pointed.value = isAt ? part : null;
          if (isAt && address) selected.value = targetOf(address);
        };
        return address && <WeightInput key={piece} network={index} address={address} label={labelOf(columns, part, pieces > 1 ? piece : null)} onPoint={onPoint} />;
      })}
    </>
  );
}

function labelOf(columns: readonly Column[], part: Part, piece: number | null): string {
  const to = unitName(columns, part.layer, part.to);
  if (part.kind === "bias") return piece === null ? t("net.bias_of", { unit: to }) : t("net.bias_piece", { piece: piece + 1 });
  const from = unitName(columns, part.layer - 1, part.from);
  return piece === null ? t("net.weight_of", { from, to }) : t("net.weight_piece", { from, to, piece: piece + 1 });
}

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatNumber } from "../../../analysis/numbers";
import { t } from "../../../i18n";
import type { Column } from "../../../play/drawing/columns";
import { addressOf, type Part } from "../../../play/drawing/pointing";
import { at, type NetworkFrame } from "../../../play/drawing/numbers";
import { frame } from "../../../play/session";
import { layerName, unitName } from "./names";

/** More numbers than these nobody listens to. */
const MOST_READ = 600;
const EVERY = 2_000;
/** The frame that is read out: not each of them, a screen reader would begin again and again. */
const read = signal(frame.peek());

/** Weights and biases as tables for screen readers. */
export function WeightTables({ index, columns }: { index: number; columns: readonly Column[] }) {
  useEffect(() => {
    const timer = setInterval(() => (read.value = frame.peek()), EVERY);
    return () => clearInterval(timer);
  }, []);
  const now = read.value?.networks[index] ?? frame.peek()?.networks[index] ?? null;
  const count = columns.slice(1).reduce((sum, { units }, layer) => sum + units.length * (1 + columns[layer]!.units.length), 0);
  if (count > MOST_READ) return <p class="hidden">{t("net.too_many", { count })}</p>;
  return (
    <div class="hidden">
      {columns.slice(1).map((_, before) => <LayerTable key={before} layer={before + 1} columns={columns} now={now} />)}
    </div>
  );
}

function LayerTable({ layer, columns, now }: { layer: number; columns: readonly Column[]; now: NetworkFrame | null }) {
  const inputs = columns[layer - 1]!.units.flatMap(({ row }, from) => (row === null ? [] : [from]));
  const value = (part: Part): string => {
    const address = addressOf(part, columns, now);
    const numbers = address && now?.arrays.get(`param:${address.path}`);
    return formatNumber(numbers ? at(numbers, address.index) : null);
  };
  return (
    <table>
      <caption>{t("net.table", { layer: layerName(columns, layer) })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("net.to")}</th>
          {inputs.map((from) => <th scope="col" key={from}>{unitName(columns, layer - 1, from)}</th>)}
          <th scope="col">{t("net.bias")}</th>
        </tr>
      </thead>
      <tbody>
        {columns[layer]!.units.map((_, to) => (
          <tr key={to}>
            <th scope="row">{unitName(columns, layer, to)}</th>
            {inputs.map((from) => <td key={from}>{value({ kind: "link", layer, from, to })}</td>)}
            <td>{value({ kind: "bias", layer, to })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

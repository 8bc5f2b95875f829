import type { ReadonlySignal } from "@preact/signals";
import { formatNumber } from "../analysis/numbers";
import { t } from "../i18n";
import type { Cursor } from "./Chart";
import { styleOf } from "./colours";
import type { Line } from "./lines";

interface Props {
  lines: readonly Line[];
  /** The values at the cursor; without one, the last of each line. */
  cursor: ReadonlySignal<Cursor>;
  hidden: ReadonlySet<string>;
  toggle(key: string): void;
  /** The unit of the values, where they have one. */
  unit?: string;
}

export function Legend({ lines, cursor, hidden, toggle, unit = "" }: Props) {
  const values = cursor.value?.values ?? null;
  return (
    <ul class="legend" aria-label={t("chart.legend")}>
      {lines.map((line) => (
        <li key={line.key}>
          <button type="button" aria-pressed={!hidden.has(line.key)} onClick={() => toggle(line.key)}>
            <Swatch style={line.style} points={line.points ?? false} dash={line.dash} />
            <span class="name">{line.label}</span>
            <b>{[formatNumber(values ? values.get(line.key) : lastFinite(line.y)), unit].join(" ").trim()}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Swatch({ style, points = false, dash }: { style: number; points?: boolean; dash?: readonly number[] | undefined }) {
  const { name, dash: usual } = styleOf(style);
  return (
    <svg class="swatch" width="26" height="10" aria-hidden="true">
      {points ? (
        <circle cx="13" cy="5" r="4" fill={`var(${name})`} />
      ) : (
        <line x1="0" y1="5" x2="26" y2="5" stroke={`var(${name})`} stroke-width="2.5" stroke-dasharray={(dash ?? usual).join(" ") || "none"} />
      )}
    </svg>
  );
}

export function lastFinite(values: ArrayLike<number>): number {
  for (let index = values.length - 1; index >= 0; index--) if (Number.isFinite(values[index])) return values[index]!;
  return NaN;
}

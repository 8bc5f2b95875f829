import type { TargetedKeyboardEvent } from "preact";
import { useMemo } from "preact/hooks";
import type { Cell } from "../api/types";
import { formatNumber } from "../analysis/numbers";
import { t } from "../i18n";
import { colours } from "../state/preferences";
import { css, inkOn, mix, rgbOf } from "./colours";

interface Props {
  classes: readonly string[];
  matrix: readonly (readonly number[])[];
  chosen: Cell | null;
  /** Without it, numbers are no buttons. */
  onChoose?: (cell: Cell | null) => void;
}

/** Targets by row, predictions by column; each cell is coloured by its share of the row. */
export function Confusion({ classes, matrix, chosen, onChoose }: Props) {
  const version = colours.value;
  const [ground, right, wrong] = useMemo(() => [rgbOf("--ground"), rgbOf("--line-1"), rgbOf("--line-2")], [version]);
  const firstTarget = matrix.findIndex((row) => row.some((count) => count > 0));
  const firstPrediction = matrix[firstTarget]?.findIndex((count) => count > 0);
  return (
    <figure>
    <figcaption>{t(onChoose ? "confusion.how" : "confusion.still")}</figcaption>
    <div class="scroll" tabIndex={0} role="region" aria-label={t("confusion")}>
      <table class="confusion" aria-label={t("confusion")} onKeyDown={moveInTable}>
        <thead>
          <tr>
            <th scope="col">{t("confusion.corner")}</th>
            {classes.map((name) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {matrix.map((row, target) => {
            const total = row.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={classes[target]}>
                <th scope="row">{classes[target]}</th>
                {row.map((count, prediction) => {
                  const fill = mix(ground, target === prediction ? right : wrong, total ? Math.sqrt(count / total) * 0.9 : 0);
                  const cell = { target: classes[target]!, prediction: classes[prediction]! };
                  const isChosen = chosen?.target === cell.target && chosen.prediction === cell.prediction;
                  return (
                    <td key={prediction} style={{ background: css(fill), color: inkOn(fill) }}>
                      {onChoose && count > 0 ? (
                        <button type="button"
                          aria-pressed={isChosen}
                          aria-label={t("confusion.cell", { ...cell, count: formatNumber(count) })}
                          tabIndex={(chosen ? isChosen : target === firstTarget && prediction === firstPrediction) ? 0 : -1}
                          onClick={() => onChoose(isChosen ? null : cell)}
                        >
                          {formatNumber(count)}
                        </button>
                      ) : formatNumber(count)}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
    </figure>
  );
}

/** Arrow keys go from number to number, past those that are none: a large matrix is one stop of the Tab key. */
function moveInTable(event: TargetedKeyboardEvent<HTMLTableElement>): void {
  const [down, right] = STEPS.get(event.key) ?? [0, 0];
  const cell = (event.target as HTMLElement).closest("td");
  if (!cell || (!down && !right)) return;
  event.preventDefault();
  const { rows } = event.currentTarget;
  let [row, column] = [(cell.parentElement as HTMLTableRowElement).rowIndex + down, cell.cellIndex + right];
  const next = () => rows[row]?.cells[column];
  while (next() && !next()!.querySelector("button")) [row, column] = [row + down, column + right];
  next()?.querySelector("button")?.focus();
}

const STEPS: ReadonlyMap<string, readonly [number, number]> = new Map([["ArrowUp", [-1, 0]], ["ArrowDown", [1, 0]], ["ArrowLeft", [0, -1]], ["ArrowRight", [0, 1]]]);

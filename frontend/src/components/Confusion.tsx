import { useMemo } from "preact/hooks";
import { formatNumber } from "../analysis/numbers";
import { t } from "../i18n";
import { colours } from "../state/preferences";
import { css, inkOn, mix, rgbOf } from "./colours";

/** Targets by row, predictions by column; each cell is coloured by its share of the row. */
export function Confusion({ classes, matrix }: { classes: readonly string[]; matrix: readonly (readonly number[])[] }) {
  const version = colours.value;
  const [ground, right, wrong] = useMemo(() => [rgbOf("--ground"), rgbOf("--line-1"), rgbOf("--line-2")], [version]);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("confusion")}>
      <table class="confusion">
        <caption>{t("confusion.how")}</caption>
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
                  return <td key={prediction} style={{ background: css(fill), color: inkOn(fill) }}>{formatNumber(count)}</td>;
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

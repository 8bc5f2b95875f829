import { formatNumber } from "../../../analysis/numbers";
import { Folded } from "../../../components/Folded";
import { t } from "../../../i18n";

interface Part {
  title: string;
  rows: number;
  columns: number;
  values: ArrayLike<number>;
  /** What stands before a row and over a column; their numbers unless given. */
  rowNames?: readonly string[];
  columnNames?: readonly string[];
}

/** The numbers behind pictures, for readers who do not see them. */
export const NumberTable = ({ parts }: { parts: readonly Part[] }) => (
  <Folded summary={t("family.table")} class="numbers">
    {() => parts.map((part) => (
      <div key={part.title} class="scroll" tabIndex={0} role="region" aria-label={`${part.title}: ${t("family.table")}`}>
        <table>
          <caption>{part.title}</caption>
          <thead>
            <tr><td />{count(part.columns).map((column) => <th key={column} scope="col">{part.columnNames?.[column] ?? column + 1}</th>)}</tr>
          </thead>
          <tbody>
            {count(part.rows).map((row) => (
              <tr key={row}>
                <th scope="row">{part.rowNames?.[row] ?? row + 1}</th>
                {count(part.columns).map((column) => <td key={column} class="number">{formatNumber(part.values[row * part.columns + column])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    ))}
  </Folded>
);

export const count = (length: number): number[] => Array.from({ length }, (_, at) => at);

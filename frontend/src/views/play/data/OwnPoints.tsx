import { useState } from "preact/hooks";
import { formatNumber } from "../../../analysis/numbers";
import { Check } from "../../../components/basic";
import { Folded } from "../../../components/Folded";
import { t } from "../../../i18n";
import { addPoint, drawnAnswer, drawsTest, removePoint } from "../../../play/data/own";
import { state } from "../../../play/store";
import { ClassMark } from "../ClassMark";

/** The class or value that points get, and one point by its coordinates: what the mouse can do, with the keyboard. */
export function TypedPoint() {
  const { columns, problem, classes } = state.value.data;
  const [texts, setTexts] = useState<readonly string[]>([]);
  const x = columns.map((_, index) => Number((texts[index] ?? "").replace(",", ".")));
  const isComplete = columns.every((_, index) => (texts[index] ?? "").trim() !== "") && x.every(Number.isFinite);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isComplete) return;
        addPoint(x, drawnAnswer.peek());
        setTexts([]);
      }}
    >
      {problem === "classification" ? (
        <div class="group wrap" role="group" aria-label={t("play.own.class")}>
          {Array.from({ length: classes }, (_, label) => (
            <button key={label} type="button" class="small" aria-pressed={drawnAnswer.value === label} aria-label={t("play.own.class.number", { number: label })} onClick={() => (drawnAnswer.value = label)}>
              <ClassMark label={label} /> {label}
            </button>
          ))}
        </div>
      ) : (
        <label class="field"><span>{t("play.own.value")}</span>
          <input type="number" step="any" value={drawnAnswer.value} onInput={(event) => (drawnAnswer.value = event.currentTarget.valueAsNumber || 0)} />
        </label>
      )}
      <Check label={t("play.own.test")} checked={drawsTest.value} onChange={(on) => (drawsTest.value = on)} />
      <div class="group wrap typed-point">
        {columns.map((name, index) => (
          <input key={index} aria-label={name} placeholder={name} value={texts[index] ?? ""}
            onInput={(event) => setTexts(columns.map((_, at) => (at === index ? event.currentTarget.value : (texts[at] ?? ""))))} />
        ))}
        <button type="submit" class="small" disabled={!isComplete}>{t("play.own.add")}</button>
      </div>
    </form>
  );
}

const MOST = 200;

export const PointList = () => <Folded summary={t("play.own.list")}>{() => <PointTable />}</Folded>;

function PointTable() {
  const { columns, points, problem } = state.value.data;
  const answer = t(problem === "classification" ? "play.own.class" : "play.own.value");
  return (
    <div class="scroll point-list" tabIndex={0} role="region" aria-label={t("play.own.list")}>
      <table>
        <thead><tr>{columns.map((name, index) => <th key={index} scope="col">{name}</th>)}<th scope="col">{answer}</th><td /></tr></thead>
        <tbody>
          {points.slice(0, MOST).map(({ x, y }, row) => (
            <tr key={row}>
              {x.map((value, index) => <td key={index}>{formatNumber(value)}</td>)}
              <td>{formatNumber(y)}</td>
              <td><button type="button" class="small" aria-label={t("play.own.remove", { number: row + 1 })} onClick={() => removePoint(row)}>×</button></td>
            </tr>
          ))}
        </tbody>
      </table>
      {points.length > MOST && <p class="note">{t("more", { count: points.length - MOST })}</p>}
    </div>
  );
}

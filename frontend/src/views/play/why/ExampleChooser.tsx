import { t } from "../../../i18n";
import { selectedPoint } from "../../../play/selection";
import { data } from "../../../play/session";

/** What numbers are of: the batch of the next step, or one point. A click on the map chooses one, too. */
export function ExampleChooser() {
  const point = selectedPoint.value;
  const count = data.value?.y.length ?? 0;
  const row = point && "row" in point ? point.row : null;
  const choose = (next: number) => {
    if (count) selectedPoint.value = { row: ((next % count) + count) % count };
  };
  return (
    <div class="why-example" role="group" aria-label={t("why.example")}>
      <div class="why-choice">
        <button type="button" class="small" aria-pressed={point === null} onClick={() => (selectedPoint.value = null)}>{t("why.example.batch")}</button>
        <button type="button" class="small" aria-pressed={point !== null} disabled={!count} onClick={() => choose(row ?? 0)}>{t("why.example.one")}</button>
      </div>
      {point && (
        <div class="why-choice">
          <button type="button" class="small" aria-label={t("why.example.before")} onClick={() => choose((row ?? 0) - 1)}>‹</button>
          {row === null ? <span>{t("why.example.own")}</span> : (
            <input
              class="why-row" type="number" min={1} max={count} value={row + 1} aria-label={t("why.example.number")}
              onChange={(event) => Number.isFinite(event.currentTarget.valueAsNumber) && choose(Math.round(event.currentTarget.valueAsNumber) - 1)}
            />
          )}
          <button type="button" class="small" aria-label={t("why.example.after")} onClick={() => choose((row ?? -1) + 1)}>›</button>
        </div>
      )}
    </div>
  );
}

/** The example as a question names it; null: the batch. */
export function exampleOf(): Record<string, unknown> | null {
  const point = selectedPoint.value;
  if (point && "row" in point && point.row >= (data.value?.y.length ?? Infinity)) return null;
  return point && { ...point };
}

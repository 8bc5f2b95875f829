import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Check } from "../../../components/basic";
import { Folded } from "../../../components/Folded";
import { messageOf } from "../../../errors";
import { t } from "../../../i18n";
import { readCsv } from "../../../play/data/csv";
import { beginEmpty, copyPoints, isDrawing, setDrawing } from "../../../play/data/own";
import { isTrainable } from "../../../play/data/trainable";
import { data as drawn } from "../../../play/session";
import { changeData, changeProblemData, state } from "../../../play/store";
import { Axes } from "./Axes";
import { PointList, TypedPoint } from "./OwnPoints";

/** Data of one's own: changed, drawn, typed, pasted or opened. */
export const OwnData = () => <Folded summary={t("play.own")} class="own-data" open={state.peek().data.name === "own"}>{() => <OwnChoice />}</Folded>;

function OwnChoice() {
  const { name, points } = state.value.data;
  return (
    <div class="stack">
      {name === "own" ? (
        <>
          <p class="note">{t("play.own.count", { count: points.length })}{!isTrainable(state.value) && ` ${t("play.own.few")}`}</p>
          <Axes />
          <Drawing />
        </>
      ) : (
        <div class="group wrap">
          <button type="button" class="small" disabled={!drawn.value} onClick={copyPoints}>{t("play.own.copy")}</button>
          <button type="button" class="small" onClick={beginEmpty}>{t("play.own.empty")}</button>
        </div>
      )}
      <Csv />
    </div>
  );
}

/** Points by hand: on the map with the mouse, or by their coordinates. */
function Drawing() {
  const { columns, classes, problem, axes } = state.value.data;
  const onMap = columns.length === 2 && axes.join() === "0,1";
  return (
    <>
      {onMap && <Check label={t("play.own.draw")} checked={isDrawing.value} onChange={setDrawing} />}
      {onMap && isDrawing.value && <p class="note">{t("play.own.draw.how")}</p>}
      {problem === "classification" && (
        <label class="field"><span>{t("play.field.classes")}</span>
          <input type="number" min={2} max={8} value={classes} onChange={(event) => changeData({ classes: event.currentTarget.valueAsNumber })} />
        </label>
      )}
      <TypedPoint />
      <PointList />
    </>
  );
}

function Csv() {
  const told = useSignal<{ text: string; isBad: boolean } | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const take = (text: string) => {
    try {
      const own = readCsv(text, state.peek().data.train_share);
      changeProblemData(own);
      isDrawing.value = false;
      told.value = { text: t("play.csv.done", { count: own.points.length, columns: own.columns.length }), isBad: false };
    } catch (error) {
      told.value = { text: messageOf(error), isBad: true };
    }
  };
  return (
    <div class="stack">
      <label class="field"><span>{t("play.csv")}</span>
        <textarea ref={area} rows={4} spellcheck={false} placeholder={"x1,x2,y\n1.5,-2,0\n…"} />
      </label>
      <div class="group wrap">
        <button type="button" class="small" onClick={() => take(area.current!.value)}>{t("play.csv.use")}</button>
        <label class="file-button small">{t("play.csv.file")}
          <input
            type="file" accept=".csv,.tsv,.txt,text/csv"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = "";
              void file?.slice(0, MOST_BYTES).text().then(take);
            }}
          />
        </label>
      </div>
      <p class="note">{t("play.csv.how")}</p>
      {told.value && <p class={told.value.isBad ? "fault" : "note"} role={told.value.isBad ? "alert" : "status"}>{told.value.text}</p>}
    </div>
  );
}

/** More than any file that is taken has; the rest of a huge one is not read. */
const MOST_BYTES = 8 << 20;

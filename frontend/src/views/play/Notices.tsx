import { t } from "../../i18n";
import { fieldName, networkLetter } from "../../play/names";
import { familyOf } from "../../play/families/names";
import { connection, failure, frame, hello, resumedAt } from "../../play/session";
import { imported, lacksPoints, notes, state } from "../../play/store";
import { PresetTexts } from "./PresetMenu";

const MOST = 6;
const LONGEST = 80;
/** What a link or a file said may be as long as they are. */
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** What the reader is to know: what was put right, what was lost, where training went wrong. */
export function Notices() {
  const said = [
    ...(connection.value === "lost" && hello.value ? [t("play.lost.notice")] : []),
    ...(resumedAt.value === null ? [] : [t("play.resumed", { epoch: resumedAt.value })]),
    ...(imported.value ? [t("play.imported")] : []),
    ...(lacksPoints.value ? [t("play.lacks")] : []),
    ...notes.value.slice(0, MOST).map(({ field, given, taken }) => {
      const said = { field: short(fieldName(field)), given: short(given) };
      return taken === null ? t("play.dropped", said) : t("play.clamped", { ...said, taken: short(taken) });
    }),
  ];
  const arePointsShown = familyOf(state.value.view.tab) === null;
  const dismiss = () => {
    resumedAt.value = null;
    imported.value = false;
    lacksPoints.value = false;
    notes.value = [];
  };
  return (
    <>
      {arePointsShown && <PresetTexts />}
      <div role="status">
        {said.length > 0 && (
          <div class="notice">
            <ul>{said.map((text) => <li key={text}>{text}</li>)}</ul>
            <button type="button" class="small" onClick={dismiss}>{t("play.dismiss")}</button>
          </div>
        )}
      </div>
      {failure.value && <p class="fault" role="alert"><b>{t("play.refused")}</b> <span lang="en">{failure.value}</span></p>}
      {arePointsShown && <TrainingFaults />}
    </>
  );
}

/** A network that diverged, or stopped by itself, with where and why. */
function TrainingFaults() {
  const networks = frame.value?.networks ?? [];
  return (
    <>
      {networks.map(({ status, note }, index) => status !== "diverged" && status !== "stopped" ? null : (
        <p key={index} class={status === "diverged" ? "fault" : "notice"} role="alert">
          {networks.length > 1 && <b>{t("play.network.of", { name: networkLetter(index) })}: </b>}
          <b>{t(`play.${status}`)}</b> {note && <span lang="en">{note}</span>}
        </p>
      ))}
    </>
  );
}

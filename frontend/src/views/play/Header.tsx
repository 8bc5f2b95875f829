import { ConnectionMark, Preferences } from "../../components/Preferences";
import { t } from "../../i18n";
import { connection } from "../../play/session";
import { canRedo, canUndo, redo, undo } from "../../play/undo";
import { CourseButton } from "./course/CourseButton";
import { PresetMenu } from "./PresetMenu";
import { Sharing } from "./Sharing";

export function Header() {
  return (
    <header class="top play-top">
      <h1><a class="brand" href="#v=1">pellucid</a> <span>{t("play.heading")}</span></h1>
      <PresetMenu />
      <div class="group">
        <button type="button" class="small" disabled={!canUndo.value} onClick={undo} title="Ctrl+Z"><span aria-hidden="true">↶</span> {t("play.undo")}</button>
        <button type="button" class="small" disabled={!canRedo.value} onClick={redo} title="Ctrl+Shift+Z"><span aria-hidden="true">↷</span> {t("play.redo")}</button>
      </div>
      <CourseButton />
      <Sharing />
      <div class="preferences">
        <ConnectionMark state={connection.value} />
        <Preferences />
      </div>
    </header>
  );
}

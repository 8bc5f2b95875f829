import { useRef } from "preact/hooks";
import { t } from "../../../i18n";
import { CHAPTERS, OWN, ownChapter } from "../../../play/course/chapters";
import { fault, open } from "../../../play/course/lesson";
import { parseChapter } from "../../../play/course/parse";
import { Control } from "../Control";

/** Begins the course, or a chapter of one's own from a file. */
export function CourseButton() {
  const picker = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      ownChapter.value = parseChapter(await file.text());
      open(OWN);
    } catch (error) {
      open(OWN);
      fault.value = (error as Error).message;
    }
  };
  return (
    <Control name="course">
      <div class="group">
        <button type="button" class="small" title={t("course.open.help")} onClick={() => open(CHAPTERS[0]!)}>{t("course.open")}</button>
        <button type="button" class="small" title={t("course.own")} aria-label={t("course.own")} onClick={() => picker.current!.click()}>+</button>
        <input
          ref={picker} type="file" accept=".md,text/markdown,text/plain" hidden
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
    </Control>
  );
}

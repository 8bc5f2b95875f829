import { useRef } from "preact/hooks";
import { t } from "../../../i18n";
import { FIRST_STEP } from "../../../play/course/first";
import { changeView } from "../../../play/store";
import { Control } from "../Control";

/** Begins the course, or a chapter of one's own from a file. */
export function CourseButton() {
  const picker = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (file) await (await import("../../../play/course/lesson")).openOwn(file);
  };
  return (
    <Control name="course">
      <div class="group">
        <button type="button" class="small" title={t("course.open.help")} onClick={() => changeView({ course: FIRST_STEP })}>{t("course.open")}</button>
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

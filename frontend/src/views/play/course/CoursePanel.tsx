import { useEffect, useRef } from "preact/hooks";
import { t } from "../../../i18n";
import { asksForAnswer } from "../../../play/course/conditions";
import { CHAPTERS } from "../../../play/course/chapters";
import {
  answer, beginStep, chapter, chapterName, fault, goTo, isDone, leave, nextChapter, open, step, stepIndex,
} from "../../../play/course/lesson";
import type { Paragraph, Span } from "../../../play/course/parse";
import { state } from "../../../play/store";
import { AnswerField } from "./AnswerField";

/** The course: one step at a time, which waits until it is done. Nothing where no course is open. */
export function CoursePanel() {
  if (!state.value.view.course) return null;
  const now = step.value;
  return (
    <section class="course" aria-label={t("course")}>
      <div class="course-head">
        <strong>{chapter.value?.title ?? ""}</strong>
        {chapter.value && <small>{t("course.step", { step: stepIndex.value + 1, of: chapter.value.steps.length })}</small>}
        <button class="quiet" onClick={leave}>{t("course.leave")}</button>
      </div>
      {fault.value && <p class="fault" role="alert">{t("course.fault", { why: fault.value })}</p>}
      {now && <StepView key={`${chapterName.value}/${stepIndex.value}`} />}
    </section>
  );
}

function StepView() {
  const { title, paragraphs, until, hint } = step.value!;
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) return;
    isFirst.current = false;
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>{title}</h2>
      <div class="course-text">{paragraphs.map((paragraph, index) => <ParagraphView key={index} paragraph={paragraph} />)}</div>
      {asksForAnswer(until) && <AnswerField done={isDone.value} onAnswer={(number) => (answer.value = number)} answer={answer.value} />}
      {hint && !isDone.value && (
        <details>
          <summary>{t("course.hint")}</summary>
          <p>{hint}</p>
        </details>
      )}
      <p class={`course-state${isDone.value ? " done" : ""}`} role="status">
        {until.length > 0 && (isDone.value ? `✓ ${t("course.done")}` : `○ ${t("course.waits")}`)}
      </p>
      <Buttons />
    </>
  );
}

function Buttons() {
  const last = stepIndex.value + 1 >= (chapter.value?.steps.length ?? 0);
  const following = nextChapter();
  return (
    <div class="course-buttons">
      <button disabled={stepIndex.value === 0} onClick={() => goTo(stepIndex.value - 1)}>{t("course.back")}</button>
      <button onClick={beginStep}>{t("course.again")}</button>
      {last && following ? (
        <button class="primary" disabled={!isDone.value} onClick={() => open(following)}>{t("course.chapter")}</button>
      ) : last ? (
        <button class="primary" disabled={!isDone.value} onClick={leave}>{t("course.end")}</button>
      ) : (
        <button class="primary" disabled={!isDone.value} onClick={() => goTo(stepIndex.value + 1)}>{t("course.next")}</button>
      )}
      {!isDone.value && !last && <button class="quiet" onClick={() => goTo(stepIndex.value + 1)}>{t("course.skip")}</button>}
      <ChapterChoice />
    </div>
  );
}

function ChapterChoice() {
  return (
    <label class="course-choice">
      <span>{t("course.chapters")}</span>
      <select value={chapterName.value} onChange={(event) => open(event.currentTarget.value)}>
        {!CHAPTERS.includes(chapterName.value) && <option value={chapterName.value}>{chapter.value?.title}</option>}
        {CHAPTERS.map((name, index) => <option key={name} value={name}>{`${index + 1}. ${t(`course.name.${name}` as "course")}`}</option>)}
      </select>
    </label>
  );
}

const ParagraphView = ({ paragraph }: { paragraph: Paragraph }) =>
  paragraph.kind === "text" ? (
    <p><Spans spans={paragraph.spans} /></p>
  ) : (
    <ul class="course-list">{paragraph.items.map((item, index) => <li key={index}><Spans spans={item} /></li>)}</ul>
  );

const Spans = ({ spans }: { spans: Span[] }) => (
  <>
    {spans.map(({ text, style }, index) =>
      style === "strong" ? <strong key={index}>{text}</strong> : style === "code" ? <code key={index}>{text}</code> : text,
    )}
  </>
);

import { useState } from "preact/hooks";
import { t } from "../../../i18n";

interface Props {
  answer: number | null;
  done: boolean;
  onAnswer(number: number | null): void;
}

/** Where the learner types a number; a comma is as good as a point, and a minus of typography as good as a hyphen. */
export function AnswerField({ answer, done, onAnswer }: Props) {
  const [text, setText] = useState("");
  const [unread, setUnread] = useState(false);
  const give = (event: Event) => {
    event.preventDefault();
    const number = Number(text.trim().replace(",", ".").replace("−", "-"));
    const isNumber = text.trim() !== "" && Number.isFinite(number);
    setUnread(!isNumber);
    onAnswer(isNumber ? number : null);
  };
  return (
    <form class="course-answer" onSubmit={give}>
      <label>
        <span>{t("course.answer")}</span>
        <input autoComplete="off" value={text} onInput={(event) => setText(event.currentTarget.value)} aria-invalid={unread} />
      </label>
      <button type="submit">{t("course.check")}</button>
      <span role="status">
        {unread ? t("course.unread") : answer === null ? "" : done ? `✓ ${t("course.right")}` : `✗ ${t("course.wrong")}`}
      </span>
    </form>
  );
}

import { useMemo, useRef, useState } from "preact/hooks";
import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import { selectedPoint } from "../../../../play/selection";
import { running } from "../../../../play/session";
import { state } from "../../../../play/store";
import type { DerivationStep, Explained } from "../../../../play/why/answers";
import { tokensOf } from "../../../../play/why/formula";
import type { Naming } from "../../../../play/why/names";
import { judge, questionsOf, type Judgement } from "../../../../play/why/quiz";
import { ExampleChooser, exampleOf } from "../ExampleChooser";
import { Failed } from "../Failed";
import { inputNames, namingOf, targetOf, useLayers } from "../network";
import { useQuestion } from "../useQuestion";
import { Formula, Name } from "./Formula";
import { TargetChooser } from "./TargetChooser";
import { Reason } from "./Reason";

/** The page asks for the next number: of one example, whose derivation is short enough for paper. */
export function Quiz() {
  const layers = useLayers();
  const inputs = inputNames();
  const target = targetOf(layers, inputs.length);
  const isReady = layers.length > 0 && !running.value;
  const example = exampleOf() ?? { row: 0 };
  const found = useQuestion<Explained>("explain", isReady ? { network: state.value.view.network, target, example } : null, 0);
  const { value } = found;
  return (
    <>
      <p class="lead-in">{t("why.quiz.lead")}</p>
      <div class="why-choosers">
        {selectedPoint.value ? <ExampleChooser /> : <p class="note">{t("why.quiz.first")}</p>}
        <TargetChooser layers={layers} inputs={inputs} target={target} />
      </div>
      {running.value ? <p class="note">{t("why.quiz.running")}</p> : <Failed found={found} />}
      {value && !running.value && <Questions key={JSON.stringify(value.derivation)} explained={value} naming={namingOf(layers, value.inputs, 1)} />}
    </>
  );
}

type Told = Judgement | "shown";

function Questions({ explained, naming }: { explained: Explained; naming: Naming }) {
  const questions = useMemo(() => questionsOf(explained.derivation), [explained]);
  const [at, setAt] = useState(0);
  const [right, setRight] = useState(0);
  const [told, setTold] = useState<Told | null>(null);
  const [isHinted, setHinted] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const question = questions[at];
  if (!question) return <p class="why-answer" role="status">{t("why.quiz.over", { right, count: questions.length })}</p>;
  const isOver = told === "right" || told === "shown";
  const next = () => {
    setAt(at + 1);
    setTold(null);
    setHinted(false);
    requestAnimationFrame(() => {
      if (field.current) field.current.value = "";
      field.current?.focus();
    });
  };
  const answer = () => {
    const judged = judge(field.current?.value ?? "", question.value!);
    if (judged === "right") setRight(right + 1);
    setTold(judged);
  };
  return (
    <div class="why-quiz">
      <p class="note">{t("why.quiz.where", { at: at + 1, count: questions.length, right })}</p>
      <QuizLine question={question} naming={naming} isHinted={isHinted || isOver} />
      <form
        class="why-choosers"
        onSubmit={(event) => {
          event.preventDefault();
          if (isOver) next();
          else answer();
        }}
      >
        <label class="field"><span>{t("why.quiz.answer")}</span><input ref={field} autocomplete="off" readOnly={isOver} aria-invalid={told !== null && !isOver} /></label>
        <button type="submit" class="strong">{t(isOver ? "why.quiz.next" : "why.quiz.check")}</button>
        <button type="button" disabled={isHinted || isOver} onClick={() => setHinted(true)}>{t("why.quiz.hint")}</button>
        <button type="button" disabled={isOver} onClick={() => setTold("shown")}>{t("why.quiz.show")}</button>
      </form>
      <p class={`quiz-told ${told ?? ""}`} role="status">
        {told && t(`why.quiz.told.${told}`)} {isOver && <><b>{formatNumber(question.value)}</b>. <Reason why={question.why} /></>}
      </p>
    </div>
  );
}

function QuizLine({ question, naming, isHinted }: { question: DerivationStep; naming: Naming; isHinted: boolean }) {
  const tokens = tokensOf(question.formula ?? "", question.symbols);
  const known = Object.entries(question.symbols);
  return (
    <>
      <p class="why-gradient"><Name name={question.name} naming={naming} /> = <Formula tokens={tokens} naming={naming} /> = ?</p>
      <p class="quiz-known">{known.map(([name, value]) => <span key={name}><Name name={name} naming={naming} /> = {formatNumber(value)}</span>)}</p>
      {isHinted && <p class="step-line">= <Formula tokens={tokens} naming={naming} numbers /></p>}
    </>
  );
}

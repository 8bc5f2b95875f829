import { useState } from "preact/hooks";
import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import type { DerivationStep } from "../../../../play/why/answers";
import { termsOf, tokensOf } from "../../../../play/why/formula";
import type { Naming } from "../../../../play/why/names";
import { Formula, Name } from "./Formula";
import { Reason } from "./Reason";

/** So many terms of a sum are shown at first. */
const MOST = 6;

/** One number: its formula with names, the same with numbers, what comes out, and where its numbers come from. */
export function StepLine({ step, naming, why }: { step: DerivationStep; naming: Naming; why: string }) {
  const [isWhole, setWhole] = useState(false);
  const terms = step.formula === null ? [] : termsOf(tokensOf(step.formula, step.symbols));
  const isLong = terms.length > MOST + 1;
  const tokens = (isLong && !isWhole ? terms.slice(0, MOST) : terms).flat();
  const isTrivial = tokens.length === 1 && tokens[0]!.kind === "symbol";
  const more = isLong && (
    <button type="button" class="more" onClick={() => setWhole(!isWhole)}>
      {isWhole ? t("fewer") : ` + ${t("why.more_terms", { count: terms.length - MOST })}`}
    </button>
  );
  return (
    <li class="why-step" id={`why-step-${step.id}`} tabIndex={-1}>
      {why && <p class="why-reason"><Reason why={why} /></p>}
      <span class="step-number">{step.id}</span>
      <div class="step-lines">
        <span class="step-name"><Name name={step.name} value={step.value} naming={naming} /></span>
        <span class="step-line">{tokens.length ? <> = <Formula tokens={tokens} naming={naming} />{more}</> : <> = <b>{formatNumber(step.value)}</b></>}</span>
        {tokens.length > 0 && (
          <>
            {!isTrivial && <span class="step-line"> = <Formula tokens={tokens} naming={naming} numbers />{isLong && !isWhole && " + …"}</span>}
            <span class="step-line"> = <b>{formatNumber(step.value)}</b></span>
          </>
        )}
      </div>
      {step.parts.length > 0 && step.parts.length <= 12 && (
        <span class="step-parts">
          <span class="hidden">{t("why.from")}</span>
          {step.parts.map((part) => <button type="button" key={part} title={t("why.goto", { step: part })} onClick={() => goTo(part)}>{part}</button>)}
        </span>
      )}
    </li>
  );
}

/** Open the section that a step is in, and go there. */
function goTo(step: number): void {
  const line = document.getElementById(`why-step-${step}`);
  line?.closest("details")?.setAttribute("open", "");
  line?.scrollIntoView({ block: "nearest" });
  line?.focus({ preventScroll: true });
}

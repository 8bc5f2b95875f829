import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import type { FamilyFrame } from "../../../../play/families/frames";

/** What the network says at every step, and what is right. */
export function Answers({ frame }: { frame: FamilyFrame }) {
  const shares = [...frame.array("answers").values];
  const targets = [...frame.array("targets").values];
  const isRight = (step: number) => shares[step]! > 0.5 === targets[step]! > 0.5;
  const word = (yes: boolean) => t(yes ? "family.rnn.yes" : "family.rnn.no");
  return (
    <>
      <span class="band-name">{t("family.rnn.answer")}</span>
      <ul class="steps answers">
        {shares.map((share, step) => (
          <li key={step} class={isRight(step) ? "right" : "wrong"} title={`${(100 * share).toFixed(1)} %`}>
            <i style={{ height: `${100 * share}%` }} aria-hidden="true" />
            <span>{word(share > 0.5)} <b>{isRight(step) ? "✓" : "✗"}</b></span>
          </li>
        ))}
      </ul>
      <span class="band-name">{t("family.rnn.target")}</span>
      <ul class="steps targets">{targets.map((target, step) => <li key={step}>{word(target > 0.5)}</li>)}</ul>
      <span />
      <p class="note">{t("family.rnn.right", { right: shares.filter((_, step) => isRight(step)).length, count: shares.length })}</p>
    </>
  );
}

/** How much the last answer would change with the state at each step. */
export function Gradient({ frame }: { frame: FamilyFrame }) {
  const norms = [...frame.array("gradient").values];
  const most = Math.max(...norms.filter(Number.isFinite), Number.MIN_VALUE);
  return (
    <>
      <span class="band-name">{t("family.rnn.gradient")}</span>
      <ul class="steps gradient">
        {norms.map((norm, step) => (
          <li key={step}>
            <span class="bar" aria-hidden="true"><i style={{ height: `${100 * Math.min(norm / most, 1)}%` }} /></span>
            <small>{short(norm)}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Two figures: ten of them stand side by side on a narrow screen. */
const short = (value: number): string => (value >= 0.01 && value < 100 ? value.toPrecision(2) : formatNumber(Number(value.toPrecision(1))));

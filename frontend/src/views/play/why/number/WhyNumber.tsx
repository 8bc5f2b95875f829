import { useEffect } from "preact/hooks";
import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import { lights, selected, selectedPoint } from "../../../../play/selection";
import { state } from "../../../../play/store";
import type { DerivationSection, Explained } from "../../../../play/why/answers";
import type { Naming } from "../../../../play/why/names";
import { ExampleChooser, exampleOf } from "../ExampleChooser";
import { Failed } from "../Failed";
import { inputNames, namingOf, targetOf, useLayers } from "../network";
import { useQuestion } from "../useQuestion";
import { Name } from "./Formula";
import { StepLine } from "./StepLine";
import { TargetChooser } from "./TargetChooser";

/** Milliseconds between derivations while training runs. */
const CALM = 600;
const OPEN = ["backward", "update"];

/** Why this number: the derivation of what is selected, with live numbers. */
export function WhyNumber() {
  const layers = useLayers();
  const inputs = inputNames();
  const target = targetOf(layers, inputs.length);
  const found = useQuestion<Explained>("explain", layers.length ? { network: state.value.view.network, target, example: exampleOf() } : null, CALM);
  const { value } = found;
  const isChosen = selected.value !== null || selectedPoint.value !== null;
  useEffect(() => {
    lights.value = value && isChosen ? value.lights : [];
    return () => void (lights.value = []);
  }, [value, isChosen]);
  return (
    <>
      <p class="lead-in">{t("why.number.lead")}</p>
      <div class="why-choosers">
        <ExampleChooser />
        <TargetChooser layers={layers} inputs={inputs} target={target} />
      </div>
      <Failed found={found} />
      {value && <Derived explained={value} naming={namingOf(layers, value.inputs, value.examples)} />}
    </>
  );
}

function Derived({ explained, naming }: { explained: Explained; naming: Naming }) {
  const { derivation, target } = explained;
  return (
    <>
      <Headline explained={explained} naming={naming} />
      {derivation.sections.map((section) => (
        <details key={section.name} open={OPEN.includes(section.name)} class="why-section">
          <summary>{t(`why.section.${section.name}`)} <small>{t("why.steps", { count: section.steps.length })}</small></summary>
          {section.note && <p class="note" lang="en">{section.note}</p>}
          <StepList section={section} naming={naming} />
        </details>
      ))}
      <p class="hidden" aria-live="polite">{t("why.number.said", { name: target, value: formatNumber(derivation.value) })}</p>
    </>
  );
}

/** The answer first: the gradient, what it means, and the step on it. */
function Headline({ explained: { target, derivation, examples }, naming }: { explained: Explained; naming: Naming }) {
  const update = derivation.sections.find(({ name }) => name === "update");
  const isWeight = /\/[Wb]\[/.test(target);
  const after = update?.steps.find(({ name }) => name === `${target} after the step`);
  const before = after?.symbols["w"];
  const value = derivation.value ?? NaN;
  return (
    <div class="why-answer">
      <p class="why-gradient"><Name name={`∂E/∂${target}`} naming={naming} /> = <b>{formatNumber(derivation.value)}</b></p>
      <p>
        {t(value > 0 ? "why.raise" : value < 0 ? "why.lower" : "why.flat", { examples: t(examples > 1 ? "why.examples" : "why.example.this", { count: examples }) })}{" "}
        {isWeight && after && typeof before === "number" && t("why.moves", apart(before, after.value))}
      </p>
    </div>
  );
}

/** With as many digits as tell them apart. */
function apart(before: number, after: number | null): { before: string; after: string } {
  const short = { before: formatNumber(before), after: formatNumber(after) };
  if (short.before !== short.after || after === null || after === before) return short;
  const long = (value: number) => value.toPrecision(9).replace(/^-/, "−");
  return { before: long(before), after: long(after) };
}

function StepList({ section, naming }: { section: DerivationSection; naming: Naming }) {
  return (
    <ol class="why-steps">
      {section.steps.map((step, at) => (
        <StepLine key={step.id} step={step} naming={naming} why={step.why === section.steps[at - 1]?.why ? "" : step.why} />
      ))}
    </ol>
  );
}

import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import type { NetworkHeader } from "../../../../play/protocol";
import { entries, entryAt, type Stage, type Stages } from "../../../../play/why/answers";
import { Name } from "../number/Formula";
import { namingOf } from "../network";

const MOST = 60;

/** Every weight before and after the step; of many those that move most. */
export function UpdateTable({ stage, all, layers, inputs }: { stage: Stage & { stage: "update" }; all: Stages; layers: NetworkHeader["layers"]; inputs: readonly string[] }) {
  const rows = Object.entries(stage.weights).flatMap(([path, { before, gradient, after }]) =>
    [...entries(before)].map(([index, was]) => ({ name: `${path}[${index.join(", ")}]`, was, slope: entryAt(gradient, index), is: entryAt(after, index) })));
  const naming = namingOf(layers, inputs, 1);
  const move = ({ was, is }: { was: number | null; is: number | null }) => Math.abs((is ?? 0) - (was ?? 0));
  const shown = rows.length > MOST ? [...rows].sort((one, other) => move(other) - move(one)).slice(0, MOST) : rows;
  return (
    <>
      <p>
        {t("why.rule")} {stage.rule.map((line) => <code key={line} class="rule">{line}</code>)} {t("why.rate", { rate: formatNumber(all.learning_rate) })}
      </p>
      {!all.taken && <p class="note">{t(all.examples === 1 ? "why.not_taken" : "why.not_taken.random")}</p>}
      <div class="scroll why-tall" tabIndex={0} role="region" aria-label={t("why.stage.update")}>
        <table class="why-table">
          <thead>
            <tr>
              <th scope="col">{t("why.weight")}</th>
              {(["why.was", "why.gradient", "why.is"] as const).map((name) => <th key={name} scope="col" class="number">{t(name)}</th>)}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, was, slope, is }) => (
              <tr key={name}>
                <th scope="row"><Name name={name} naming={naming} /></th>
                <td class="number">{formatNumber(was)}</td><td class="number">{formatNumber(slope)}</td><td class="number"><b>{formatNumber(is)}</b></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length && <p class="note">{t("why.most_moved", { shown: shown.length, count: rows.length })}</p>}
      <p>{t("why.loss_after", { before: formatNumber(lossOf(all)), after: formatNumber(stage.loss_after) })}</p>
    </>
  );
}

const lossOf = ({ stages }: Stages): number | null => stages.find((stage) => stage.stage === "loss")?.loss ?? null;

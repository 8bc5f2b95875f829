import { largest } from "../../../../components/drawArray";
import { t } from "../../../../i18n";
import { partOf, type FamilyFrame } from "../../../../play/families/frames";
import { HeatGrid } from "../HeatGrid";
import { count, NumberTable } from "../NumberTable";

/** The digit that is said at every place, and the right one. */
export function Says({ frame, tokens }: { frame: FamilyFrame; tokens: string[] }) {
  const probabilities = frame.array("probabilities");
  const targets = frame.header["targets"] as number[];
  const [, digits = 0] = probabilities.shape;
  const said = tokens.map((_, at) => {
    const shares = partOf(probabilities, at).values;
    return shares.indexOf(largest(shares));
  });
  const right = said.filter((digit, at) => digit === targets[at]).length;
  return (
    <section class="stack" aria-labelledby="says-heading">
      <h2 id="says-heading">{t("family.attn.says")} <small>{t("family.attn.right", { right, count: said.length })}</small></h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("family.attn.says")}>
        <table class="says">
          <tbody>
            <tr><th scope="row">{t("family.attn.says")}</th>{said.map((digit, at) => <td key={at} class={digit === targets[at] ? "right" : "wrong"}>{digit} {digit === targets[at] ? "✓" : "✗"}</td>)}</tr>
            <tr><th scope="row">{t("family.attn.target")}</th>{targets.map((digit, at) => <td key={at}>{digit}</td>)}</tr>
          </tbody>
        </table>
      </div>
      <div class="matrix">
        <span />
        <div class="across" aria-hidden="true">{count(digits).map((digit) => <span key={digit}>{digit}</span>)}</div>
        <div class="down" aria-hidden="true">{tokens.map((token, at) => <span key={at}>{token}</span>)}</div>
        <HeatGrid label={t("family.attn.probabilities")} rows={tokens.length} columns={digits} values={probabilities.values} scale="share" ratio={0.6} />
      </div>
      <NumberTable parts={[{ title: t("family.attn.probabilities"), rows: tokens.length, columns: digits, values: probabilities.values, rowNames: tokens, columnNames: count(digits).map(String) }]} />
    </section>
  );
}

import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import { partOf, type FamilyFrame } from "../../../../play/families/frames";
import { softmaxTerms } from "../../../../play/families/softmax";

/** The weights of one row, worked out from its scores. */
export function AttentionRow({ frame, tokens, row }: { frame: FamilyFrame; tokens: string[]; row: number }) {
  const terms = softmaxTerms(partOf(frame.array("scores"), row).values);
  const sum = terms.reduce((total, { power }) => total + power, 0);
  return (
    <section class="stack" aria-labelledby="row-heading" aria-live="polite">
      <h2 id="row-heading">{t("family.attn.row", { place: row + 1, token: tokens[row]! })}</h2>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col">{t("family.attn.place")}</th><th scope="col">{t("family.attn.what")}</th><th scope="col" class="number">{t("family.attn.score")}</th>
            <th scope="col" class="number">{t("family.attn.power")}</th><th scope="col" class="number">{t("family.attn.weight")}</th><td class="bar" />
          </tr>
        </thead>
        <tbody>
          {terms.map(({ score, power, weight }, at) => (
            <tr key={at}>
              <th scope="row">{at + 1}</th><td>{tokens[at]}</td><td class="number">{formatNumber(score)}</td><td class="number">{formatNumber(power)}</td>
              <td class="number"><b>{weight.toFixed(3)}</b></td><td class="bar"><i style={{ width: `${100 * weight}%` }} /></td>
            </tr>
          ))}
          <tr><th scope="row" colSpan={3}>{t("family.attn.sum")}</th><td class="number">{formatNumber(sum)}</td><td class="number"><b>1</b></td><td /></tr>
        </tbody>
      </table>
      <p class="note">{t("family.attn.formula", { width: frame.array("k").shape[1]! })}</p>
    </section>
  );
}

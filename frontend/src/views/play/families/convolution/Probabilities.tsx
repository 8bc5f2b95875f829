import { t } from "../../../../i18n";
import type { FamilyFrame } from "../../../../play/families/frames";

/** What the network says of the digit: a bar for each class. */
export function Probabilities({ frame }: { frame: FamilyFrame }) {
  const shares = [...frame.array("probabilities").values];
  const said = shares.indexOf(Math.max(...shares));
  const label = frame.header["label"] as number | null;
  const words = label === null ? t("family.conv.answer.own", { digit: said }) : label === said ? t("family.conv.answer.right", { digit: said }) : t("family.conv.answer.wrong", { digit: said, label });
  return (
    <section class="stack" aria-labelledby="answer-heading">
      <h2 id="answer-heading">{t("family.conv.answer")}</h2>
      <table class="bars">
        <caption class="hidden">{t("family.conv.probability")}</caption>
        <tbody>
          {shares.map((share, digit) => (
            <tr key={digit} class={digit === said ? "most" : ""}>
              <th scope="row">{digit}{digit === label && <span class="truth" aria-hidden="true"> ✓</span>}</th>
              <td class="bar"><i style={{ width: `${100 * share}%` }} /></td>
              <td class="number">{(100 * share).toFixed(1)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="answer-words">{words}</p>
    </section>
  );
}

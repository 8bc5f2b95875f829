import { t } from "../../../../i18n";
import type { FamilyFrame } from "../../../../play/families/frames";
import { HeatGrid } from "../HeatGrid";
import { NumberTable } from "../NumberTable";

/** Weights of attention: a row is who looks, a column at whom. */
export function AttentionMatrix({ frame, tokens, row, onChoose }: { frame: FamilyFrame; tokens: string[]; row: number; onChoose: (row: number) => void }) {
  const weights = frame.array("weights").values;
  const names = tokens.map((token, at) => `${at + 1}: ${token}`);
  return (
    <section class="stack" aria-labelledby="matrix-heading">
      <h2 id="matrix-heading">{t("family.attn.matrix")}</h2>
      <p class="note">{t("family.attn.matrix.how")}</p>
      <div class="matrix">
        <span />
        <div class="across" aria-hidden="true">{tokens.map((token, at) => <span key={at}>{token}</span>)}</div>
        <div class="down" aria-hidden="true">{tokens.map((token, at) => <span key={at} class={at === row ? "chosen" : ""}>{token}</span>)}</div>
        <HeatGrid
          label={`${t("family.attn.matrix")}. ${t("family.keys")}`} rows={tokens.length} columns={tokens.length} values={weights} scale="share" isWritten
          box={{ row, column: 0, rows: 1, columns: tokens.length }} onChoose={(place) => onChoose(place.row)} from={{ row, column: 0 }}
        />
      </div>
      <NumberTable parts={[{ title: t("family.attn.matrix"), rows: tokens.length, columns: tokens.length, values: weights, rowNames: names, columnNames: names }]} />
    </section>
  );
}

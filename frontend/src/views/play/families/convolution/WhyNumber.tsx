import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import { partOf, type FamilyFrame } from "../../../../play/families/frames";
import { pooledFrom, windowSum } from "../../../../play/families/window";
import { shortNumber } from "../drawGrid";
import { HeatGrid } from "../HeatGrid";
import type { ChosenNumber } from "./FeatureMaps";

/** The chosen number of a map, written out with all that it is made of. */
export function WhyNumber({ frame, chosen }: { frame: FamilyFrame; chosen: ChosenNumber }) {
  const where = { number: chosen.filter + 1, row: chosen.row + 1, column: chosen.column + 1 };
  return (
    <section class="stack why-window" aria-labelledby="why-window">
      <h2 id="why-window">{t("family.conv.why")}</h2>
      <p>{t(chosen.part === "maps" ? "family.conv.why.map" : "family.conv.why.pooled", where)}</p>
      {chosen.part === "maps" ? <Sum frame={frame} chosen={chosen} /> : <Largest frame={frame} chosen={chosen} />}
    </section>
  );
}

function Sum({ frame, chosen: { filter, row, column } }: { frame: FamilyFrame; chosen: ChosenNumber }) {
  const bias = frame.array("biases").values[filter]!;
  const found = windowSum(frame.array("input"), partOf(frame.array("kernels"), filter), bias, row, column);
  const z = partOf(frame.array("sums"), filter).values[row * 6 + column]!;
  const a = partOf(frame.array("maps"), filter).values[row * 6 + column]!;
  const most = Math.max(...found.products.map(Math.abs), ...found.kernel.map(Math.abs));
  return (
    <>
      <div class="window-sum">
        <Nine title={t("family.conv.window")} values={found.window} scale="ink" />
        <span class="sign">×</span>
        <Nine title={t("family.conv.kernel")} values={found.kernel} scale="signed" most={most} />
        <span class="sign">=</span>
        <Nine title={t("family.conv.product")} values={found.products} scale="signed" most={most} />
      </div>
      <p class="formula">
        {found.window.map((value, at) => (
          <span key={at} class="term">{at > 0 && "+ "}{shortNumber(value)} · {signed(found.kernel[at]!)}</span>
        ))}
        <span class="term">+ b {signed(bias)}</span> <span class="term">= <b>{formatNumber(z)}</b></span>
      </p>
      <p class="note">{t("family.conv.rounded")}</p>
      <p class="formula">{t("family.conv.relu")} max(0, {formatNumber(z)}) = <b>{formatNumber(a)}</b></p>
    </>
  );
}

function Largest({ frame, chosen: { filter, row, column } }: { frame: FamilyFrame; chosen: ChosenNumber }) {
  const four = pooledFrom(partOf(frame.array("maps"), filter), row, column);
  const found = partOf(frame.array("pooled"), filter).values[row * 3 + column];
  return <p class="formula">{t("family.conv.largest")} {four.map((value) => formatNumber(value)).join(", ")} = <b>{formatNumber(found)}</b></p>;
}

const signed = (value: number): string => (value < 0 ? `(${shortNumber(value)})` : shortNumber(value));

const Nine = ({ title, values, scale, most }: { title: string; values: number[]; scale: "ink" | "signed"; most?: number }) => (
  <figure>
    <HeatGrid label={`${title}: ${values.map(shortNumber).join(", ")}`} rows={3} columns={3} values={values} scale={scale} most={most} isWritten />
    <figcaption>{title}</figcaption>
  </figure>
);

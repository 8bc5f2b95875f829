import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import type { FamilyFrame } from "../../../../play/families/frames";
import { set, settingNow } from "../../../../play/families/session";
import { DigitExamples } from "../Examples";
import { FamilyBar } from "../FamilyBar";
import { FamilyScores } from "../FamilyScores";
import { HeatGrid } from "../HeatGrid";
import { NumberTable } from "../NumberTable";
import { CodePlane } from "./CodePlane";

/** The plane of codes beside that of the principal components, and what is reconstructed where one points. */
export function AutoencoderView({ frame }: { frame: FamilyFrame }) {
  const errors = frame.header["errors"] as { network: number | null; pca: number };
  const labels = frame.array("labels").values;
  const numbers = frame.array("numbers").values;
  const { example, code, pca_code } = frame.settings as { example: number; code: unknown; pca_code: unknown };
  const isOwn = code !== null || pca_code !== null;
  const isBetter = errors.network !== null && errors.network < errors.pca;
  return (
    <>
      <FamilyBar frame={frame}>{null}</FamilyBar>
      <p class="note">{t("family.auto.lead")} {t("family.auto.plane.how")}</p>
      <div class="family-columns planes">
        <Side frame={frame} name={t("family.auto.network")} codes="codes" at="code" decoded="decoded" error={errors.network} onChoose={(place) => set({ code: place })} />
        <Side frame={frame} name={t("family.auto.pca")} codes="pca_codes" at="pca_code" decoded="pca_decoded" error={errors.pca} onChoose={(place) => set({ pca_code: place })} />
        <div class="stack">
          <p class="answer-words">{t(isBetter ? "family.auto.better" : "family.auto.worse")}</p>
          <figure class="digit-figure">
            <HeatGrid label={t("family.auto.original")} rows={8} columns={8} values={frame.array("digit").values} scale="ink" />
            <figcaption>{t("family.auto.original")} ({frame.header["label"] as number})</figcaption>
          </figure>
          <p class="note">{t("family.auto.pick")}</p>
          <DigitExamples
            title={t("family.auto.pick")} examples={frame.array("examples")} labels={(at) => labels[numbers[at]!]!} chosen={isOwn ? null : example}
            onChoose={(at) => set({ example: at, code: null, pca_code: null })}
          />
          <FamilyScores frame={frame} />
        </div>
      </div>
    </>
  );
}

interface SideProps {
  frame: FamilyFrame;
  name: string;
  codes: string;
  at: string;
  decoded: string;
  error: number | null;
  onChoose: (place: [number, number]) => void;
}

function Side({ frame, name, codes, at, decoded, error, onChoose }: SideProps) {
  const [x = NaN, y = NaN] = frame.array(at).values;
  const pixels = frame.array(decoded).values;
  return (
    <section class="stack" aria-label={name}>
      <h2>{name}</h2>
      <CodePlane name={name} codes={frame.array(codes).values} labels={frame.array("labels").values} at={[x, y]} begun={() => (settingNow(frame, at) as [number, number] | null) ?? [x, y]} onChoose={onChoose} />
      <div class="rebuilt">
        <HeatGrid label={t("family.auto.rebuilt", { name })} rows={8} columns={8} values={pixels} scale="ink" />
        <div>
          <p aria-live="polite">{t("family.auto.at", { x: formatNumber(round(x)), y: formatNumber(round(y)) })}</p>
          <p class="note" title={t("family.auto.error.what")}>{t("family.auto.error")}: <b>{formatNumber(error)}</b></p>
        </div>
      </div>
      <NumberTable parts={[{ title: t("family.auto.rebuilt", { name }), rows: 8, columns: 8, values: pixels }]} />
    </section>
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;

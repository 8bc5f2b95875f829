import { useState } from "preact/hooks";
import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import { ask } from "../../../../play/session";
import { state } from "../../../../play/store";
import { messageOf } from "../../../../errors";
import type { Checked, CheckRow, Verdict } from "../../../../play/why/answers";
import { Name } from "../number/Formula";
import { ExampleChooser, exampleOf } from "../ExampleChooser";
import { Failed } from "../Failed";
import { inputNames, namingOf, useLayers } from "../network";

const SIGNS: Record<Verdict, string> = { right: "✓", kink: "∠", "look closer": "?", wrong: "✕" };
const key = (verdict: Verdict) => verdict.replace(" ", "_") as "right" | "kink" | "look_closer" | "wrong";
const FEW = 12;

/** One button holds every gradient of the network against a slope that is measured. */
export function CheckPanel() {
  const [checked, setChecked] = useState<Checked | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    try {
      setChecked((await ask("check", { network: state.value.view.network, example: exampleOf() })).header as unknown as Checked);
      setError(null);
    } catch (fault) {
      setError(messageOf(fault));
    }
    setBusy(false);
  };
  return (
    <>
      <p class="lead-in">{t("why.check.lead")}</p>
      <div class="why-choosers">
        <ExampleChooser />
        <button type="button" class="strong" disabled={isBusy} onClick={() => void check()}>{t("why.check.do")}</button>
      </div>
      {error && <Failed found={{ value: null, error }} />}
      <div aria-live="polite">
        {checked && (
          <p class={`why-answer verdict ${key(checked.verdict)}`}>
            <b><span aria-hidden="true">{SIGNS[checked.verdict]}</span> {t(`why.check.all.${key(checked.verdict)}`, { count: checked.checked })}</b>{" "}
            {t("why.check.worst", { error: formatNumber(checked.rows[0]?.relative) })}
          </p>
        )}
      </div>
      {checked && (
        <>
          <ErrorScale rows={checked.rows} />
          <p class="note">{t("why.check.meaning", { step: formatNumber(checked.step), count: checked.checked })}</p>
          <Rows rows={checked.rows} />
        </>
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly CheckRow[] }) {
  const layers = useLayers();
  const [isWhole, setWhole] = useState(false);
  const naming = namingOf(layers, inputNames(), 1);
  const shown = isWhole ? rows : rows.slice(0, FEW);
  return (
    <>
      <div class="scroll why-tall" tabIndex={0} role="region" aria-label={t("why.check.table")}>
        <table class="why-table">
          <caption class="hidden">{t("why.check.table")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("why.weight")}</th>
              {(["why.check.backward", "why.check.numerical", "why.check.relative"] as const).map((name) => <th key={name} scope="col" class="number">{t(name)}</th>)}
              <th scope="col">{t("why.check.verdict")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => {
              const name = `${row.path}[${row.index.join(", ")}]`;
              return (
                <tr key={name}>
                  <th scope="row"><Name name={name} naming={naming} /></th>
                  <td class="number">{precise(row.backward)}</td>
                  <td class="number">{precise(row.numerical)}</td>
                  <td class="number">{formatNumber(row.relative)}</td>
                  <td class={`verdict ${key(row.verdict)}`}><span aria-hidden="true">{SIGNS[row.verdict]}</span> {t(`why.check.${key(row.verdict)}`)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {rows.length > FEW && <button type="button" class="small" onClick={() => setWhole(!isWhole)}>{isWhole ? t("fewer") : t("more", { count: rows.length - FEW })}</button>}
    </>
  );
}

/** With all the digits in which the two may differ. */
const precise = (value: number | null): string => (value === null ? "NaN" : value.toPrecision(9).replace(/^-/, "−").replace("e-", "e−"));

/** The relative errors on a scale of powers of ten, with the two borders that matter. */
function ErrorScale({ rows }: { rows: readonly CheckRow[] }) {
  const [least, most] = [-16, 0];
  const place = (power: number) => `${((Math.min(Math.max(power, least), most) - least) / (most - least)) * 100}%`;
  return (
    <div class="error-scale" role="img" aria-label={t("why.check.scale", { error: formatNumber(rows[0]?.relative) })}>
      <div class="zones">
        <span class="right" style={{ width: place(-7) }}>{t("why.check.right")}</span>
        <span class="look_closer" style={{ width: `${(3 / 16) * 100}%` }}>{t("why.check.look_closer")}</span>
        <span class="wrong">{t("why.check.wrong")}</span>
      </div>
      <div class="dots">{rows.slice(0, 300).map((row) => <i key={`${row.path}${row.index.join()}`} style={{ left: place(Math.log10(row.relative || 1e-16)) }} />)}</div>
      <div class="ticks">{[-16, -12, -7, -4, 0].map((power) => <span key={power} style={{ left: place(power) }}>10<sup>{String(power).replace("-", "−")}</sup></span>)}</div>
    </div>
  );
}

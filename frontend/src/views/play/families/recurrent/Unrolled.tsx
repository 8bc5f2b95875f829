import { useState } from "preact/hooks";
import { formatNumber } from "../../../../analysis/numbers";
import { largest } from "../../../../components/drawArray";
import { t } from "../../../../i18n";
import type { Numbers } from "../../../../play/frames";
import { transposed, type FamilyFrame } from "../../../../play/families/frames";
import { set, settingNow } from "../../../../play/families/session";
import type { Place, Scale } from "../drawGrid";
import { ExampleSteps } from "../Examples";
import { HeatGrid } from "../HeatGrid";
import { count, NumberTable } from "../NumberTable";
import { Answers, Gradient } from "./Answers";

type Gate = "r" | "z" | "i" | "f" | "o";

/** A row of pictures: a unit a line, a step a column. */
interface Band {
  key: string;
  name: string;
  what?: string;
  numbers: Numbers;
  scale: Scale;
  most: number;
}

function bandsOf(frame: FamilyFrame): Band[] {
  const band = (key: string, name: string, scale: Scale, what?: string): Band => {
    const numbers = transposed(frame.array(key));
    return { key, name, numbers, scale, most: scale === "share" ? 1 : Math.max(1, largest(numbers.values)), ...(what && { what }) };
  };
  const gates = frame.header["gates"] as Gate[];
  return [
    ...gates.map((gate) => band(`gate:${gate}`, t(`family.rnn.gate.${gate}`), "share", t(`family.rnn.gate.${gate}.what`))),
    ...(frame.has("memory") ? [band("memory", t("family.rnn.memory"), "signed")] : []),
    band("state", t("family.rnn.state"), "signed"),
  ];
}

/** The network unrolled in time: inputs, gates, state, answers and the gradient, all in one column for each step. */
export function Unrolled({ frame }: { frame: FamilyFrame }) {
  const [chosen, choose] = useState<(Place & { key: string }) | null>(null);
  const bands = bandsOf(frame);
  const signs = [...frame.array("signs").values];
  const steps = count(signs.length);
  const units = bands[0]!.numbers.shape[0]!;
  const pointed = chosen && bands.find((band) => band.key === chosen.key);
  return (
    <section class="stack" aria-labelledby="unrolled-heading">
      <h2 id="unrolled-heading">{t("family.rnn.unrolled")} <small>{t("family.rnn.unrolled.how")}</small></h2>
      <ExampleSteps frame={frame} own={["sequence"]} />
      <div class="unrolled">
        <span class="note">{t("family.rnn.time")}</span>
        <div class="steps note" aria-hidden="true">{steps.map((step) => <span key={step}>{step + 1}</span>)}</div>
        <Signs signs={signs} begun={() => (settingNow(frame, "sequence") as number[] | null) ?? signs} areBrackets={frame.settings["task"] === "brackets"} />
        {bands.map((band) => (
          <BandRow
            key={band.key} band={band} units={units} steps={signs.length} chosen={chosen?.key === band.key && chosen.row < units ? chosen : null}
            onChoose={(place) => choose({ ...place, key: band.key })}
          />
        ))}
        <Answers frame={frame} />
        <Gradient frame={frame} />
      </div>
      <p class="readout" aria-live="polite">
        {pointed && chosen.row < units
          ? t("family.rnn.said", { part: pointed.name, unit: chosen.row + 1, step: chosen.column + 1, value: formatNumber(pointed.numbers.values[chosen.row * signs.length + chosen.column]) })
          : t("family.keys")}
      </p>
      <p class="note">{t("family.rnn.gradient.what")}</p>
      <NumberTable parts={bands.map(({ name, numbers }) => ({ title: name, rows: units, columns: signs.length, values: numbers.values }))} />
    </section>
  );
}

function BandRow(props: { band: Band; units: number; steps: number; chosen: Place | null; onChoose: (place: Place) => void }) {
  const { band, units, steps } = props;
  return (
    <>
      <span class="band-name">{band.name}{band.what && <small>{band.what}</small>}</span>
      <HeatGrid
        label={`${band.name}. ${t("family.keys")}`} rows={units} columns={steps} values={band.numbers.values} scale={band.scale} most={band.most} ratio={0.3}
        chosen={props.chosen} onChoose={props.onChoose}
      />
    </>
  );
}

/** The sequence, each sign a button that turns it. */
function Signs({ signs, begun, areBrackets }: { signs: number[]; begun: () => number[]; areBrackets: boolean }) {
  const name = (sign: number) => t(areBrackets ? (sign > 0 ? "family.rnn.opening" : "family.rnn.closing") : sign > 0 ? "family.rnn.plus" : "family.rnn.minus");
  return (
    <>
      <span class="band-name">{t("family.rnn.sign")}</span>
      <div class="steps signs">
        {signs.map((sign, step) => (
          <button
            key={step} type="button" class={sign > 0 ? "plus" : "minus"} aria-label={t("family.rnn.sign.of", { step: step + 1, sign: name(sign) })}
            onClick={() => set({ sequence: begun().map((one, at) => (at === step ? -one : one)) })}
          >
            {areBrackets ? (sign > 0 ? "(" : ")") : sign > 0 ? "+" : "−"}
          </button>
        ))}
      </div>
    </>
  );
}

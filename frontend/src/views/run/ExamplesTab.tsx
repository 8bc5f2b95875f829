import { useMemo, useState } from "preact/hooks";
import { isExported, readExamples } from "../../api";
import type { Cell, Example, RunDetail, Setting } from "../../api/types";
import { formatNumber } from "../../analysis/numbers";
import { Choice, Empty, Fault, Loading } from "../../components/basic";
import { Chart } from "../../components/Chart";
import { Confusion } from "../../components/Confusion";
import { ForecastView, InputView, Reconstruction } from "../../components/InputView";
import type { Line } from "../../components/lines";
import { useAnswer, useCalm } from "../../components/useAnswer";
import { t } from "../../i18n";
import { partName } from "../../i18n/names";
import { option, setOptions } from "../../state/location";

const PARTS = ["validation", "test", "train"] as const;
const SORTS = ["worst", "surest", "best"] as const;

export function ExamplesTab({ run }: { run: RunDetail }) {
  const part = PARTS.find((name) => name === option("part")) ?? "validation";
  const sort = SORTS.find((name) => name === option("sort")) ?? "worst";
  const cell = isExported() ? null : cellOf(option("target"), option("prediction"));
  const { value, error } = useAnswer(() => readExamples(run.id, part, sort, cell), [run.id, part, sort, cell?.target, cell?.prediction, run.status, useCalm(run.epochs, 10_000)]);
  return (
    <>
      {!isExported() && (
        <div class="controls">
          <Choice label={t("examples.part")} value={part} options={PARTS.map((name) => [name, partName(name)] as const)} onChange={(chosen) => setOptions({ part: chosen })} />
          <Choice
            label={t("examples.sort")}
            value={sort}
            options={SORTS.map((name) => [name, t(`examples.${name}`)] as const)}
            onChange={(chosen) => setOptions({ sort: chosen })}
          />
        </div>
      )}
      {error && <Fault text={error} />}
      {!value && !error && <Loading />}
      {value?.confusion && <Confusion {...value.confusion} chosen={cell} {...(!isExported() && { onChoose })} />}
      {cell && <p class="cell-shown" role="status">{t("examples.of.cell", { ...cell })} <button type="button" class="small" onClick={() => onChoose(null)}>{t("examples.all")}</button></p>}
      {value?.residuals && <Residuals {...value.residuals} />}
      {value && (value.examples.length ? <Cards examples={value.examples} title={t(`examples.${sort}`)} /> : <Empty title={t("examples.empty")} />)}
    </>
  );
}

const cellOf = (target: string, prediction: string): Cell | null => (target && prediction ? { target, prediction } : null);

const onChoose = (cell: Cell | null): void => setOptions({ target: cell?.target ?? null, prediction: cell?.prediction ?? null });

function Residuals({ target, prediction }: { target: number[]; prediction: number[] }) {
  const lines = useMemo((): Line[] => {
    const order = target.map((_, index) => index).sort((a, b) => target[a]! - target[b]!);
    const x = order.map((index) => target[index]!);
    const residual = order.map((index) => prediction[index]! - target[index]!);
    return [
      { key: "residual", label: t("examples.residual"), x, y: residual, style: 0, points: true },
      { key: "zero", label: t("examples.zero"), x, y: x.map(() => 0), style: 6 },
    ];
  }, [target, prediction]);
  return <Chart title={t("examples.residuals")} xLabel={t("examples.target")} lines={lines} />;
}

/** So many examples are drawn until more are wanted: fewer where the screen shows few at a time. */
const FIRST = () => (matchMedia("(max-width: 40rem)").matches ? 4 : 24);

function Cards({ examples, title }: { examples: Example[]; title: string }) {
  const [count, setCount] = useState(FIRST);
  const left = examples.length - count;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="examples">
        {examples.slice(0, count).map((example) => <li key={example.row}><Card example={example} /></li>)}
      </ul>
      {left > 0 && <p class="more"><button type="button" onClick={() => setCount(examples.length)}>{t("more", { count: left })}</button></p>}
    </section>
  );
}

function Card({ example }: { example: Example }) {
  const { input, reconstruction, forecast } = example;
  const label = t("examples.input", { row: example.row });
  const isDrawn = reconstruction || forecast; // then target and prediction are in the picture
  return (
    <>
      {forecast ? <ForecastView forecast={forecast} label={label} /> : input && (reconstruction ? <Reconstruction input={input} again={reconstruction} label={label} /> : <InputView input={input} label={label} />)}
      <dl>
        {!isDrawn && <div><dt>{t("examples.target")}</dt><dd>{shown(example.target)}</dd></div>}
        {!isDrawn && <div><dt>{t("examples.prediction")}</dt><dd class={typeof example.target === "string" && example.prediction !== example.target ? "wrong" : ""}>{shown(example.prediction)}</dd></div>}
        <div><dt>{t("metric.loss")}</dt><dd>{formatNumber(example.loss)}</dd></div>
      </dl>
      {example.probabilities && <Probabilities values={example.probabilities} />}
      {example.scores && <Scores values={example.scores} />}
      <small>{t("examples.row", { row: example.place ?? example.row })}</small>
    </>
  );
}

function Probabilities({ values }: { values: Record<string, number> }) {
  const most = Object.entries(values).sort((one, other) => other[1] - one[1]).slice(0, 3);
  return (
    <ul class="bars">
      {most.map(([name, share]) => (
        <li key={name}>
          <span>{name}</span>
          <meter min={0} max={1} value={share} aria-label={name} />
          <b>{formatNumber(share)}</b>
        </li>
      ))}
    </ul>
  );
}

/** Outputs that are no probabilities: three numbers, no bars. */
function Scores({ values }: { values: Record<string, number> }) {
  const most = Object.entries(values).sort((one, other) => other[1] - one[1]).slice(0, 3);
  return <dl>{most.map(([name, score]) => <div key={name}><dt>{name}</dt><dd>{formatNumber(score)}</dd></div>)}</dl>;
}

/** A class, an amount, amounts by name, or the first of many numbers. */
export function shown(value: Setting): string {
  if (Array.isArray(value)) return `${value.slice(0, 5).map(shown).join(", ")}${value.length > 5 ? " …" : ""}`;
  if (value && typeof value === "object") return Object.entries(value).map(([name, one]) => `${name} ${shown(one)}`).join(", ");
  return typeof value === "number" ? formatNumber(value) : String(value ?? "–");
}

import { useMemo } from "preact/hooks";
import type { RunSummary, Setting } from "../../api/types";
import { differences, type Difference, type Section } from "../../analysis/differences";
import { areSame, higherIsBetter, isComparable } from "../../analysis/grouping";
import { formatDuration, formatMetric } from "../../analysis/numbers";
import { Check, Empty } from "../../components/basic";
import { t } from "../../i18n";
import { fullName } from "../../i18n/names";
import { option, runAddress, setOptions } from "../../state/location";
import { shown } from "../run/SettingsTab";

const SECTIONS: readonly Section[] = ["settings", "data", "software", "results"];

/** What two or more runs differ in. */
export function Changed({ runs }: { runs: readonly RunSummary[] }) {
  const all = useMemo(() => differences(runs), [runs]);
  const everything = option("all") === "1";
  if (runs.length < 2) return <Empty title={t("changed.choose")} />;
  return (
    <>
      <div class="controls">
        <Check label={t("changed.all")} checked={everything} onChange={(on) => setOptions({ all: on ? "1" : null })} />
      </div>
      {!onSameData(runs) && <p class="note">{t("changed.other.data")}</p>}
      {onSameData(runs) && !runs.every((run) => isComparable(runs[0]!, run, "loss")) && <p class="note">{t("changed.other.loss")}</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label={t("tab.changed")}>
        <table class="changed">
          <thead>
            <tr>
              <th scope="col">{t("changed.what")}</th>
              {runs.map((run) => <th scope="col" key={run.id}><a href={runAddress(run.id)}>{run.name}</a></th>)}
            </tr>
          </thead>
          {SECTIONS.map((section) => (
            <Rows key={section} section={section} runs={runs} rows={all.filter((one) => one.section === section && (everything || one.differs))} />
          ))}
        </table>
      </div>
    </>
  );
}

const onSameData = (runs: readonly RunSummary[]): boolean => runs.every((run) => run.data?.fingerprint === runs[0]!.data?.fingerprint);

function Rows({ section, rows, runs }: { section: Section; rows: Difference[]; runs: readonly RunSummary[] }) {
  const columns = runs.length;
  return (
    <tbody>
      <tr class="section"><th scope="rowgroup" colSpan={columns + 1}>{t(`changed.${section}`)}</th></tr>
      {!rows.length && <tr><td colSpan={columns + 1} class="note">{t("changed.same")}</td></tr>}
      {rows.map((row) => (
        <tr key={row.name} class={row.differs ? "differs" : ""}>
          <th scope="row">{section === "results" ? resultName(row.name) : row.name}</th>
          {row.values.map((value, index) => (
            <td key={index}>
              <Value text={row.name === "seconds" ? formatDuration(value as number | null) : shown(value, row.name)} differs={row.differs} />
              {section === "results" && index > 0 && <Change name={row.name} from={row.values[0]} to={value} isJudged={isComparable(runs[0]!, runs[index]!, row.name)} />}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

const resultName = (name: string): string => (name === "seconds" ? t("runs.seconds") : name === "epochs" ? t("runs.epochs") : fullName(name));

const Value = ({ text, differs }: { text: string; differs: boolean }) => (differs ? <mark>{text}</mark> : <span>{text}</span>);

/** By how much a result changed, and whether that is better: by sign, word and colour. */
function Change({ name, from, to, isJudged }: { name: string; from: Setting | undefined; to: Setting | undefined; isJudged: boolean }) {
  if (typeof from !== "number" || typeof to !== "number" || areSame(from, to)) return null;
  const by = to - from;
  const sign = `${by > 0 ? "+" : ""}${name === "seconds" ? `${by < 0 ? "−" : ""}${formatDuration(Math.abs(by))}` : formatMetric(name, by)}`;
  if (!name.includes("/") || !isJudged) return <small class="change"> {sign}</small>;
  const isBetter = by > 0 === higherIsBetter(name);
  return <small class={`change ${isBetter ? "better" : "worse"}`}> {sign} {t(isBetter ? "changed.better" : "changed.worse")}</small>;
}

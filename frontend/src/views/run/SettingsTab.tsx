import type { RunDetail, Setting } from "../../api/types";
import { formatMetric } from "../../analysis/numbers";
import { t } from "../../i18n";
import { fullName, metricName, partName } from "../../i18n/names";
import { stoppedText } from "./events";

export function SettingsTab({ run }: { run: RunDetail }) {
  const command = Array.isArray(run.command) ? run.command.join(" ") : run.command;
  return (
    <>
      {(run.remarks ?? []).length > 0 && <ul class="remarks" lang="en">{run.remarks!.map((remark) => <li key={remark}>{remark}</li>)}</ul>}
      {command && (
        <section>
          <h2>{t("settings.command")}</h2>
          <pre class="command scroll" tabIndex={0}>{command}</pre>
        </section>
      )}
      <div class="columns">
        <Facts title={t("settings.results")} values={{ ...endOf(run), ...named(Object.keys(run.results ?? {}).length ? run.results : run.last) }} />
        <Facts title={t("settings.baselines")} values={baselinesOf(run)} />
        <Facts title={t("settings.settings")} values={run.settings} />
        <Facts title={t("settings.data")} values={dataOf(run)} />
        <Facts title={t("settings.software")} values={{ pellucid: run.version ?? null, [t("settings.engine")]: run.engine ?? null }} />
      </div>
    </>
  );
}

/** Why it ended, and of which epoch the weights are. */
function endOf(run: RunDetail): Record<string, Setting> {
  const epoch = run.result?.["best_epoch"];
  return {
    ...(run.stopped && { [t("settings.stopped")]: stoppedText(run.stopped) }),
    ...(typeof epoch === "number" && { [t("settings.best.epoch")]: epoch }),
  };
}

/** What plain models reach on the same data, with the metrics that the network has too. */
export function baselinesOf(run: RunDetail): Record<string, Setting> {
  const baselines = objectOf(run.result?.["baseline"]);
  const known = new Set(Object.keys(run.results ?? {}).map((name) => name.slice(name.indexOf("/") + 1)));
  return Object.fromEntries(
    Object.entries(baselines).flatMap(([name, figures]) =>
      Object.entries(objectOf(figures)).filter(([metric]) => known.has(metric)).map(([metric, value]) => [`${name} · ${metricName(metric)}`, value]),
    ),
  );
}

const objectOf = (value: Setting | undefined): Record<string, Setting> => (value && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, Setting>) : {});

const named = (results: RunDetail["results"]): Record<string, Setting> =>
  Object.fromEntries(Object.entries(results ?? {}).map(([name, value]) => [fullName(name), value]));

function dataOf(run: RunDetail): Record<string, Setting> {
  const { name = null, fingerprint = null, rows = null } = run.data ?? {};
  const counts = typeof rows === "object" && rows ? Object.fromEntries(Object.entries(rows).map(([part, count]) => [`${t("settings.rows")}, ${partName(part)}`, count])) : { [t("settings.rows")]: rows as Setting };
  return { [t("settings.name")]: name, ...counts, [t("settings.fingerprint")]: fingerprint };
}

function Facts({ title, values }: { title: string; values: Record<string, Setting> | undefined }) {
  const entries = Object.entries(values ?? {}).filter(([, value]) => value !== "");
  if (!entries.length) return null;
  return (
    <section>
      <h2>{title}</h2>
      <table class="facts-table">
        <tbody>
          {entries.map(([name, value]) => (
            <tr key={name}><th scope="row">{name}</th><td class={typeof value === "number" ? "number" : undefined}>{shown(value)}</td></tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function shown(value: Setting | undefined, name = ""): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return formatMetric(name, value);
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

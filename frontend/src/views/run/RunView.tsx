import { useEffect } from "preact/hooks";
import { isExported, reportAddress } from "../../api";
import type { RunDetail } from "../../api/types";
import { formatDuration, formatMetric, formatNumber } from "../../analysis/numbers";
import { Empty, Loading, StatusMark, Tabs, type Tab } from "../../components/basic";
import { loadPlot } from "../../components/load";
import { t } from "../../i18n";
import { fullName } from "../../i18n/names";
import { option, setOptions } from "../../state/location";
import { detail, failure, table } from "../../state/watch";
import { CurvesTab } from "./CurvesTab";
import { stoppedText } from "./events";
import { EventsTab } from "./EventsTab";
import { ExamplesTab } from "./ExamplesTab";
import { LayersTab } from "./LayersTab";
import { NetworkTab } from "./NetworkTab";
import { progressOf } from "./progress";
import { SettingsTab } from "./SettingsTab";
import { Steering } from "./Steering";

export function RunView() {
  useEffect(() => void loadPlot(), []); // while the run is read

  const run = detail.value;
  if (!run) return failure.value ? <Empty title={t("run.missing")}><p><a href="#v1/runs">{t("run.missing.back")}</a></p></Empty> : <Loading />;
  const tabs: Tab[] = [
    { key: "curves", label: t("tab.curves"), content: () => <CurvesTab run={run} /> },
    { key: "layers", label: t("tab.layers"), content: () => <LayersTab run={run} /> },
    { key: "network", label: t("tab.network"), content: () => <NetworkTab run={run} /> },
    { key: "examples", label: t("tab.examples"), content: () => <ExamplesTab run={run} /> },
    { key: "events", label: t("tab.events"), content: () => <EventsTab run={run} /> },
    { key: "settings", label: t("tab.settings"), content: () => <SettingsTab run={run} /> },
  ];
  return (
    <>
      <RunHead run={run} />
      {run.status === "unreadable" ? <p class="fault" role="alert" lang="en">{run.error}</p> : (
        <>
          <Steering run={run} />
          <Tabs label={t("run.parts")} tabs={tabs} chosen={option("tab", "curves")} onChoose={(tab) => setOptions({ tab: tab === "curves" ? null : tab, zoom: null })} />
        </>
      )}
    </>
  );
}

function RunHead({ run }: { run: RunDetail }) {
  const share = run.epochs && run.epochs_planned ? Math.min(run.epochs / run.epochs_planned, 1) : 0;
  const isLive = run.status === "running" || run.status === "paused";
  return (
    <header class="run-head">
      <div class="title">
        <h1>{run.name}</h1>
        <StatusMark status={run.status} />
        {(run.tags ?? []).map((tag) => <span class="tag" key={tag}>{tag}</span>)}
        {run.report && !isExported() && <a class="report" href={reportAddress(run.id)} target="_blank" rel="noopener">{t("run.report")}</a>}
      </div>
      {run.status === "crashed" && <p class="fault" role="note">{t("run.crashed")}</p>}
      {run.status === "failed" && run.stopped && <p class="fault" role="note" lang="en">{run.stopped}</p>}
      {run.status === "stopped" && run.stopped && <Stopped reason={run.stopped} />}
      <dl class="key">
        <div>
          <dt>{t("runs.epochs")}</dt>
          <dd>
            {formatNumber(run.epochs)}{run.epochs_planned ? <small> / {formatNumber(run.epochs_planned)}</small> : null}
            {isLive && <progress value={share} max={1} aria-label={t("runs.epochs")} />}
          </dd>
        </div>
        {keyNumbers(run).map(([name, value]) => <div key={name}><dt>{fullName(name)}</dt><dd>{formatMetric(name, value)}</dd></div>)}
        {isLive && <Within run={run} />}
        <div><dt>{t("runs.seconds")}</dt><dd>{formatDuration(run.seconds)}</dd></div>
      </dl>
    </header>
  );
}

/** How far the epoch under way is, how long the rest takes, and how fast it goes. */
function Within({ run }: { run: RunDetail }) {
  const now = progressOf(run, table("epochs"), table("steps"), Date.now() / 1000);
  if (!now) return null;
  return (
    <>
      <div>
        <dt>{t("progress.step")}</dt>
        <dd>{formatNumber(now.step)} <small>/ {formatNumber(now.steps)}</small><progress value={now.step} max={now.steps} aria-label={t("progress.step")} /></dd>
      </div>
      {now.secondsLeft !== null && run.status === "running" && <div><dt>{t("progress.left")}</dt><dd>{formatDuration(now.secondsLeft)}</dd></div>}
      {now.pace !== null && <div><dt>{t("progress.pace")}</dt><dd>{formatNumber(Math.round(now.pace))}</dd></div>}
    </>
  );
}

export function Stopped({ reason }: { reason: string }) {
  const text = stoppedText(reason);
  return <p class="note" {...(text === reason && { lang: "en" })}>{text}</p>;
}

/** The numbers at the head: results of the test where there are some, else the last of validation, else of training. */
function keyNumbers(run: RunDetail): [string, number | null][] {
  const entries = Object.entries({ ...run.last, ...run.results });
  for (const part of ["test/", "validation/", "train/"]) {
    const found = entries.filter(([name]) => name.startsWith(part));
    if (found.length) return found.slice(0, 4);
  }
  return entries.slice(0, 4);
}

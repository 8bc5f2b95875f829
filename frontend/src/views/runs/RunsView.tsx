import { useEffect, useMemo, useState } from "preact/hooks";
import type { RunSummary } from "../../api/types";
import { filterFault, makeFilter } from "../../analysis/filter";
import { metricsOf, varyingSettings } from "../../analysis/grouping";
import { parseOrder, sortRuns } from "../../analysis/sorting";
import { Choice, Empty, Fault, Loading, Tabs, type Tab } from "../../components/basic";
import { t } from "../../i18n";
import { fullName } from "../../i18n/names";
import { option, setOptions } from "../../state/location";
import { choose, chosenIds } from "../../state/selection";
import { failure, runs, session } from "../../state/watch";
import { Changed } from "./Changed";
import { ColumnChooser } from "./ColumnChooser";
import { Groups } from "./Groups";
import { Overlay } from "./Overlay";
import { Parallel } from "./Parallel";
import { RunTable } from "./RunTable";
import { chosenColumns, columnsOf } from "./tableColumns";

export function RunsView() {
  const all = runs.value;
  if (!all) return failure.value ? <Fault text={failure.value} /> : <Loading />;
  if (!all.length) {
    return (
      <Empty title={t("runs.empty", { folder: session.value?.folder ?? "" })}>
        <p>{t("runs.empty.how")}</p>
        <pre class="command">pellucid train iris --watch</pre>
      </Empty>
    );
  }
  return <Runs all={all} />;
}

function Runs({ all }: { all: readonly RunSummary[] }) {
  const query = option("where");
  const order = option("sort", "-started");
  const shown = useMemo(() => sortRuns(all.filter(makeFilter(query)), parseOrder(order)), [all, query, order]);
  const metrics = useMemo(() => metricsOf(all), [all]);
  const metric = metrics.find((name) => name === option("metric")) ?? metrics.find((name) => /validation\/loss$/.test(name)) ?? metrics[0] ?? "";
  const settings = useMemo(() => varyingSettings(all), [all]);
  const groupings = useMemo(() => (all.some((run) => run.id.includes("/")) ? [...settings, "folder"] : settings), [settings]);
  const group = option("group");
  const columns = useMemo(() => columnsOf(shown, metrics, metric), [shown, metrics, metric]);
  const inTable = chosenColumns(columns, option("columns"));
  const chosen = useMemo(() => {
    const wanted = new Set(chosenIds.value);
    return all.filter((run) => wanted.has(run.id));
  }, [all, chosenIds.value]);
  const tabs: Tab[] = [
    {
      key: "table",
      label: t("tab.table"),
      content: () => (
        <>
          {group && <Groups runs={shown} setting={group} metric={metric} />}
          <ColumnChooser columns={columns} chosen={inTable} />
          <RunTable runs={shown} columns={columns} chosen={inTable} />
        </>
      ),
    },
    { key: "curves", label: t("tab.curves"), content: () => <Overlay runs={chosen.length ? chosen : shown.slice(0, 10)} metric={metric} group={group} /> },
    { key: "parallel", label: t("tab.parallel"), content: () => <Parallel runs={shown} settings={varyingSettings(shown)} metric={metric} /> },
    { key: "changed", label: t("tab.changed"), content: () => <Changed runs={chosen} /> },
  ];
  return (
    <>
      <h1>{t("runs.title", { folder: session.value?.folder ?? "" })} <small>{t("runs.count", { shown: shown.length, all: all.length })}</small></h1>
      <div class="controls">
        <Search query={query} />
        <Choice label={t("runs.metric")} value={metric} options={metrics.map((name) => [name, fullName(name)] as const)} onChange={(name) => setOptions({ metric: name })} />
        <Choice
          label={t("runs.group")}
          value={group}
          options={[["", t("runs.group.none")], ...groupings.map((name) => [name, name === "folder" ? t("runs.folder") : name] as const)]}
          onChange={(name) => setOptions({ group: name })}
        />
        <p class="chosen-count" role="status">
          {t("runs.chosen", { count: chosen.length })}{" "}
          {chosen.length > 0 && <button type="button" class="small" onClick={() => choose([])}>{t("runs.choose.none")}</button>}
        </p>
      </div>
      <FilterNote query={query} all={all} />
      <Tabs label={t("runs.parts")} tabs={tabs} chosen={option("tab", "table")} onChoose={(tab) => setOptions({ tab: tab === "table" ? null : tab })} />
    </>
  );
}

/** What is wrong with a filter, instead of a table without runs. */
function FilterNote({ query, all }: { query: string; all: readonly RunSummary[] }) {
  const fault = useMemo(() => filterFault(query, all), [query, all]);
  if (!fault) return null;
  const { kind, name, near } = fault;
  const text = kind === "incomplete" ? t("runs.filter.incomplete", { name }) : t(near.length ? "runs.filter.near" : "runs.filter.unknown", { name, near: near.join(", ") });
  return <p class="fault-text" role="status">{text}</p>;
}

function Search({ query }: { query: string }) {
  const [text, setText] = useState(query);
  useEffect(() => setText(query), [query]);
  useEffect(() => {
    if (text === query) return;
    const timer = setTimeout(() => setOptions({ where: text }, "replace"), 150);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label class="field search">
      <span>{t("runs.filter")}</span>
      <input type="search" value={text} placeholder="accuracy > .9 and optimizer = adam" onInput={(event) => setText(event.currentTarget.value)} />
    </label>
  );
}

import type { RunSummary } from "../../api/types";
import { valueOf } from "../../analysis/filter";
import { formatDuration, formatNumber } from "../../analysis/numbers";
import { formatOrder, parseOrder } from "../../analysis/sorting";
import { Empty, StatusMark } from "../../components/basic";
import { VirtualTable, type Column } from "../../components/VirtualTable";
import { t } from "../../i18n";
import { option, runAddress, setOptions } from "../../state/location";
import { choose, chosenIds, MOST_CHOSEN, toggle } from "../../state/selection";
import { fullName } from "../run/RunView";
import { shown } from "../run/SettingsTab";

interface Props {
  runs: readonly RunSummary[];
  settings: readonly string[];
  metrics: readonly string[];
}

export function RunTable({ runs, settings, metrics }: Props) {
  if (!runs.length) return <Empty title={t("runs.none.found")} />;
  return (
    <VirtualTable
      label={t("tab.table")}
      rows={runs}
      columns={columnsOf(runs, settings, metrics)}
      keyOf={(run) => run.id}
      isChosen={(run) => chosenIds.value.includes(run.id)}
    />
  );
}

const MOST_SETTINGS = 6;
const MOST_METRICS = 4;

function columnsOf(runs: readonly RunSummary[], settings: readonly string[], metrics: readonly string[]): Column<RunSummary>[] {
  const results = metrics.filter((name) => !name.startsWith("train/")).slice(0, MOST_METRICS);
  const numeric = (name: string, head: string): Column<RunSummary> => ({ ...sortable(name, head), numeric: true, cell: (run) => shown(valueOf(run, name)) });
  return [
    chooser(runs),
    { ...sortable("name", t("runs.name")), cell: (run) => <a href={runAddress(run.id)}>{run.name}</a> },
    { ...sortable("status", t("runs.status")), cell: (run) => <StatusMark status={run.status} /> },
    ...results.map((name) => numeric(name, fullName(name))),
    ...settings.slice(0, MOST_SETTINGS).map((name) => ({ ...numeric(name, name), numeric: runs.every((run) => typeof (valueOf(run, name) ?? 0) === "number") })),
    { ...sortable("epochs", t("runs.epochs")), numeric: true, cell: (run) => progress(run) },
    { ...sortable("seconds", t("runs.seconds")), numeric: true, cell: (run) => formatDuration(run.seconds) },
    { ...sortable("started", t("runs.started")), cell: (run) => started(run.started) },
    { key: "tags", head: t("runs.tags"), cell: (run) => (run.tags ?? []).map((tag) => <span class="tag" key={tag}>{tag}</span>) },
  ];
}

function chooser(runs: readonly RunSummary[]): Column<RunSummary> {
  const shownIds = runs.slice(0, MOST_CHOSEN).map((run) => run.id);
  const all = shownIds.every((id) => chosenIds.value.includes(id));
  return {
    key: "choose",
    head: <input type="checkbox" checked={all} aria-label={t("runs.choose.all", { count: shownIds.length })} onChange={() => choose(all ? [] : shownIds)} />,
    cell: (run) => <input type="checkbox" checked={chosenIds.value.includes(run.id)} aria-label={t("runs.choose", { name: run.name })} onChange={() => toggle(run.id)} />,
  };
}

function sortable(name: string, head: string): Omit<Column<RunSummary>, "cell"> {
  const { column, descending } = parseOrder(option("sort", "-started"));
  const isThis = column === name;
  const next = formatOrder({ column: name, descending: isThis ? !descending : false });
  return {
    key: name,
    sort: isThis ? (descending ? "descending" : "ascending") : undefined,
    head: (
      <button type="button" class="sort" onClick={() => setOptions({ sort: next }, "replace")}>
        {head}<span aria-hidden="true">{isThis ? (descending ? " ↓" : " ↑") : ""}</span>
      </button>
    ),
  };
}

const progress = (run: RunSummary): string =>
  run.status === "running" || run.status === "paused" ? `${formatNumber(run.epochs)} / ${formatNumber(run.epochs_planned)}` : formatNumber(run.epochs);

export function started(text: string | null | undefined): string {
  const date = new Date(text ?? "");
  if (Number.isNaN(date.getTime())) return "–";
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

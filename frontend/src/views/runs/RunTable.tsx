import type { RunSummary } from "../../api/types";
import { valueOf } from "../../analysis/filter";
import { formatDuration, formatNumber } from "../../analysis/numbers";
import { formatOrder, parseOrder } from "../../analysis/sorting";
import { Empty, StatusMark } from "../../components/basic";
import { VirtualTable, type Column } from "../../components/VirtualTable";
import { t, type Key } from "../../i18n";
import { capitalised, fullName } from "../../i18n/names";
import { option, runAddress, setOptions } from "../../state/location";
import { choose, chosenIds, MOST_CHOSEN, toggle } from "../../state/selection";
import { shown } from "../run/SettingsTab";
import { FIELDS, type Columns } from "./tableColumns";

interface Props {
  runs: readonly RunSummary[];
  columns: Columns;
  chosen: readonly string[];
}

export function RunTable({ runs, columns, chosen }: Props) {
  if (!runs.length) return <Empty title={t("runs.none.found")} />;
  return (
    <VirtualTable
      label={t("tab.table")}
      rows={runs}
      columns={[choiceColumn(runs), nameColumn(), ...chosen.map((name) => columnOf(runs, columns, name))]}
      keyOf={(run) => run.id}
      isChosen={(run) => chosenIds.value.includes(run.id)}
    />
  );
}

const nameColumn = (): Column<RunSummary> => ({ ...sortable("name", t("runs.name")), cell: (run) => <a href={runAddress(run.id)}>{run.name}</a> });

/** Fields of a run with a word of their own; all others are results or settings. */
const HEADS = { status: "runs.status", epochs: "runs.epochs", seconds: "runs.seconds", started: "runs.started", tags: "runs.tags", task: "runs.task", data: "settings.data", engine: "settings.engine", version: "runs.version" } as const satisfies Record<(typeof FIELDS)[number], Key>;

export const headOf = (name: string): string => (name in HEADS ? capitalised(t(HEADS[name as keyof typeof HEADS])) : name);

function columnOf(runs: readonly RunSummary[], columns: Columns, name: string): Column<RunSummary> {
  const field = sortable(name, headOf(name));
  switch (name) {
    case "status":
      return { ...field, cell: (run) => <StatusMark status={run.status} /> };
    case "epochs":
      return { ...field, numeric: true, cell: progress };
    case "seconds":
      return { ...field, numeric: true, cell: (run) => formatDuration(run.seconds) };
    case "started":
      return { ...field, cell: (run) => started(run.started) };
    case "tags":
      return { key: name, head: field.head, cell: (run) => (run.tags ?? []).map((tag) => <span class="tag" key={tag}>{tag}</span>) };
  }
  const isResult = columns.results.includes(name);
  const numeric = isResult || runs.every((run) => typeof (valueOf(run, name) ?? 0) === "number");
  return { ...sortable(name, isResult ? fullName(name) : headOf(name)), numeric, cell: (run) => shown(valueOf(run, name), name) };
}

function choiceColumn(runs: readonly RunSummary[]): Column<RunSummary> {
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

/** How many epochs were done, and of how many where that is another number. */
function progress(run: RunSummary): string {
  const planned = run.epochs_planned;
  return planned && planned !== run.epochs ? `${formatNumber(run.epochs)} / ${formatNumber(planned)}` : formatNumber(run.epochs);
}

export function started(text: string | null | undefined): string {
  const date = new Date(text ?? "");
  if (Number.isNaN(date.getTime())) return "–";
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

import { batch, computed, effect, signal } from "@preact/signals";
import { readRun, readRuns, readSession, readTable, isExported } from "../api";
import type { Envelope } from "../api/envelope";
import { Live, type Connection } from "../api/live";
import type { RunDetail, RunEvent, RunSummary, Session, TableName } from "../api/types";
import { messageOf } from "../errors";
import { announce } from "./announce";
import { place } from "./location";
import { Pace } from "./pace";
import { EMPTY, tableOf, withRows, type TableData } from "./tables";

/** All that the page knows of the folder and of the run looked at, kept up to date. */
export const session = signal<Session | null>(null);
export const runs = signal<RunSummary[] | null>(null);
export const detail = signal<RunDetail | null>(null);
export const failure = signal<string | null>(null);
export const connection = signal<Connection>("connecting");

export const TABLES: readonly TableName[] = ["epochs", "steps", "layers", "examinations"];
const tables = Object.fromEntries(TABLES.map((name) => [name, signal<TableData>(EMPTY)])) as Record<
  TableName,
  ReturnType<typeof signal<TableData>>
>;
export const table = (name: TableName): TableData => tables[name].value!;

/** The run looked at: the one of the address, or the only one there is. */
export const runId = computed(() => {
  if (place.value.view === "run") return place.value.run;
  return session.value?.single && place.value.view === "runs" ? (runs.value?.[0]?.id ?? null) : null;
});

let live: Live | null = null;

export async function startWatching(): Promise<void> {
  effect(() => void open(runId.value)); // a run in the address is read at once, beside the list
  try {
    const [readNow, list] = await Promise.all([readSession(), readRuns()]);
    batch(() => {
      session.value = readNow;
      runs.value = list;
    });
  } catch (error) {
    failure.value = messageOf(error);
  }
  if (isExported()) return;
  const url = new URL("api/live", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  const pace = new Pace<Envelope>((messages) => batch(() => messages.forEach(receive)));
  live = new Live(url.href, (message) => pace.add(message), (state) => (connection.value = state), () => void catchUp(), following);
  live.start();
}

/** While a run is being read nothing of it is followed: its news begin where the reading ended. */
const following = () => {
  const run = isReading ? null : runId.peek();
  if (run === null) return { run, tables: [], have: {} };
  return { run, tables: [...TABLES], have: Object.fromEntries(TABLES.map((name) => [name, tables[name].peek()!.total])) };
};

/** Reading a run is overtaken by the wish for another: the answers of the former are dropped. */
let opening = 0;
let isReading = false;

async function open(id: string | null): Promise<void> {
  const turn = ++opening;
  batch(() => {
    detail.value = null;
    if (id !== null) failure.value = null;
    for (const name of TABLES) tables[name].value = EMPTY;
  });
  isReading = id !== null;
  if (id !== null) await load(id, turn);
  if (turn !== opening) return;
  isReading = false;
  live?.follow();
}

async function load(id: string, turn: number): Promise<void> {
  try {
    const [found] = await Promise.all([
      readRun(id),
      // A run that cannot be read has no tables; the answer about the run says why.
      ...TABLES.map((name) => loadTable(id, name, turn).catch(() => undefined)),
    ]);
    if (turn === opening) detail.value = found;
  } catch (error) {
    if (turn === opening) failure.value = messageOf(error);
  }
}

async function loadTable(id: string, name: TableName, turn: number): Promise<void> {
  const data = tableOf(await readTable(id, name));
  if (turn === opening) tables[name].value = data;
}

let wasConnected = false;

/** After a gap all is read again: what happened meanwhile was told to nobody. */
async function catchUp(): Promise<void> {
  const isFirst = !wasConnected;
  wasConnected = true;
  if (isFirst && session.peek() !== null) return;
  if (session.peek() === null) {
    location.reload();
    return;
  }
  try {
    runs.value = await readRuns();
    const id = runId.peek();
    if (id !== null && detail.peek() === null && !isReading) await load(id, opening);
    live?.follow();
  } catch (error) {
    failure.value = messageOf(error);
  }
}

function receive(message: Envelope): void {
  const { header } = message;
  if (header.type === "runs") mergeRuns(header["changed"] as RunSummary[], header["gone"] as string[]);
  if (header.run === undefined || header.run !== runId.peek()) return;
  if (header.type === "rows") receiveRows(header.table as TableName, message);
  if (header.type === "event") receiveEvents(header["events"] as RunEvent[]);
  if (header.type === "summary") receiveSummary(header["summary"] as RunSummary, header["restarted"] === true);
  if (header.type === "error") failure.value = String(header["error"]);
}

/** A message tells of at most so many events; those told before a gap are told again. */
const MOST_TOLD = 1_000;
const MOST_EVENTS = 5_000;

const keyOf = (event: RunEvent): string => `${event.time} ${event.kind} ${event.step} ${event.text ?? event.value ?? event.after}`;

function mergeRuns(changed: RunSummary[], gone: string[]): void {
  const known = new Map((runs.peek() ?? []).map((run) => [run.id, run]));
  for (const run of changed) known.set(run.id, run);
  for (const id of gone) known.delete(id);
  runs.value = [...known.values()];
}

function receiveRows(name: TableName, message: Envelope): void {
  const grown = withRows(tables[name].peek()!, message);
  if (grown) tables[name].value = grown;
  else void loadTable(message.header.run!, name, opening).catch(() => undefined); // the next news try again
}

function receiveEvents(events: RunEvent[]): void {
  const now = detail.peek();
  if (!now) return;
  const known = new Set((now.events ?? []).slice(-MOST_TOLD).map(keyOf));
  const fresh = events.filter((event) => !known.has(keyOf(event)));
  for (const { text } of fresh.filter((event) => event.kind === "finding")) if (text) announce({ kind: "finding", text });
  if (fresh.length) detail.value = { ...now, events: [...(now.events ?? []), ...fresh].slice(-MOST_EVENTS) };
}

function receiveSummary(summary: RunSummary, restarted: boolean): void {
  const now = detail.peek();
  if (!now) return;
  if (now.status !== summary.status) announce({ kind: "status", status: summary.status, name: summary.name });
  else if ((summary.epochs ?? 0) > (now.epochs ?? 0)) announceEpoch(summary);
  const finished = now.status !== summary.status && !["running", "paused", "measuring"].includes(summary.status);
  detail.value = { ...now, ...summary };
  if (restarted) for (const name of TABLES) tables[name].value = EMPTY;
  // The columns of a run that began but now, and the result of one that ended, are in no message.
  if (finished || restarted || !now.columns?.steps?.length) void readDetail(summary.id);
  if (finished) lookForReport(summary.id);
}

const readDetail = (id: string): Promise<void> => readRun(id).then(keepDetail, () => undefined);

/** Seconds after the end of a training at which its report is looked for: it is written then, which takes a while. */
const REPORT_AFTER = [3, 10, 30, 90];

function lookForReport(id: string): void {
  for (const seconds of REPORT_AFTER) {
    setTimeout(() => {
      if (id === runId.peek() && !detail.peek()?.report) void readDetail(id);
    }, 1000 * seconds);
  }
}

function announceEpoch({ name, epochs, last }: RunSummary): void {
  const metric = ["validation/loss", "train/loss"].find((one) => typeof last[one] === "number");
  if (metric && epochs) announce({ kind: "epoch", name, epoch: epochs, metric, value: last[metric]! });
}

function keepDetail(found: RunDetail): void {
  if (found.id === runId.peek()) detail.value = found;
}


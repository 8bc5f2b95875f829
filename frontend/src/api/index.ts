import type { Envelope } from "./envelope";
import { exported } from "./exported";
import { AnswerError, errorLine, reach, runPath, served, type Query, type Source } from "./source";
import type { Cell, Command, Examples, Histograms, RunDetail, RunSummary, Session, TableName } from "./types";

export const isExported = (): boolean => window.pellucidExport !== undefined;

const source = (): Source => (isExported() ? exported : served);

export const readSession = (): Promise<Session> => source().json("api/session");
export const readRuns = async (): Promise<RunSummary[]> => (await source().json<{ runs: RunSummary[] }>("api/runs")).runs;
export const readRun = (id: string): Promise<RunDetail> => source().json(runPath(id));
export const readTable = (id: string, table: TableName, query: Query = {}): Promise<Envelope> =>
  source().binary(runPath(id, `/tables/${table}`), query);
export const readHistograms = (id: string, name: string): Promise<Histograms> =>
  source().json(runPath(id, "/histograms"), { name });
export const readWeights = (id: string, path: string): Promise<Envelope> => source().binary(runPath(id, "/weights"), { path });
export const readOutputs = (id: string, layer: string, row: number, part: string): Promise<Envelope> =>
  source().binary(runPath(id, "/outputs"), { layer, row, part });
/** Of a cell of the confusion matrix, its examples alone. */
export const readExamples = (id: string, part: string, sort: string, cell: Cell | null): Promise<Examples> =>
  source().json(runPath(id, "/examples"), { part, sort, count: 24, ...cell });
export const reportAddress = (id: string): string => `runs/${encodeURIComponent(id)}/report.html`;
export const explainAddress = (id: string, target: string): string =>
  `${runPath(id, "/explain")}?${new URLSearchParams({ target }).toString()}`;

/** Ask a training for something; what its event will have as `request`. */
export async function control(id: string, command: Command, value?: number | string): Promise<string> {
  const response = await reach(runPath(id, "/control"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value === undefined ? { command } : { command, value }),
  });
  if (!response.ok) throw new AnswerError(await errorLine(response), response.status);
  return ((await response.json()) as { id: string }).id;
}

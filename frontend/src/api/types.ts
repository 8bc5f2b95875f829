/** The answers of the server, as docs/protocol.md describes them. */

export interface Session {
  version: string;
  folder: string;
  single: boolean;
  steer: boolean;
  exported: boolean;
}

export type Status = "new" | "running" | "paused" | "measuring" | "ended" | "stopped" | "failed" | "crashed" | "unreadable";
export type Setting = string | number | boolean | null | readonly Setting[] | { readonly [name: string]: Setting };

export interface RunSummary {
  id: string;
  name: string;
  status: Status;
  task?: string | null;
  /** ISO 8601. */
  started?: string | null;
  /** Why training ended, in the words of the run. */
  stopped?: string | null;
  seconds?: number | null;
  epochs?: number | null;
  epochs_planned?: number | null;
  engine?: string | null;
  version?: string | null;
  settings: Record<string, Setting>;
  results: Record<string, number | null>;
  last: Record<string, number | null>;
  data?: { name?: string | null; fingerprint?: string | null; rows?: number | Record<string, number> | null } | null;
  tags?: string[];
  error?: string;
}

export interface GraphNode {
  path: string;
  kind: string;
  label: string;
  inputs: string[];
  /** Of several outputs, the shape of each by name. */
  output: number[] | Record<string, number[]>;
  parameters: number;
  arrays: Record<string, number[]>;
  cell?: boolean;
  depth: number;
}

export interface Graph {
  nodes: GraphNode[];
  edges: [string, string][];
}

export interface RunEvent {
  time?: number;
  epoch?: number;
  step?: number;
  kind: string;
  value?: number | string | null;
  monitor?: string;
  before?: number | string;
  after?: number | string;
  reason?: string;
  text?: string;
  tag?: string;
  error?: string;
  stopped?: string;
  /** Of the training part, where a training begins. */
  examples?: number;
  batch_size?: number;
  listener?: string;
  /** By whose request it happened. */
  request?: string;
  /** How often an event that was folded happened. */
  count?: number;
}

export type TableName = "epochs" | "steps" | "layers" | "examinations";

export interface RunDetail extends RunSummary {
  command?: string | string[] | null;
  network?: Graph | null;
  columns: Partial<Record<TableName, string[]>>;
  histograms: string[];
  events: RunEvent[];
  result?: { [name: string]: Setting } | null;
  remarks?: string[];
  /** Whether there is a report.html. */
  report?: boolean;
}

export interface Histograms {
  steps: number[];
  epochs: number[];
  least: number[];
  greatest: number[];
  counts: number[][];
}

export type Input =
  /** Cells in their own units; names are missing where they are not known. */
  | { kind: "row"; columns: string[]; values: (number | string | null)[] }
  /** Several inputs by name. */
  | { kind: "numbers"; values: Record<string, number[]> }
  /** From 0 to 255, row by row. */
  | { kind: "image"; height: number; width: number; channels: number; values: number[] }
  | { kind: "text"; text: string }
  | { kind: "sound"; rate?: number; values: number[] }
  | { kind: "series"; columns: string[]; values: number[][] };

export interface Example {
  row: number;
  place?: string | number | null;
  target: Setting;
  prediction: Setting;
  loss: number;
  probabilities?: Record<string, number>;
  scores?: Record<string, number>;
  input?: Input | null;
  /** What an autoencoder makes of the input. */
  reconstruction?: Input | null;
  forecast?: Forecast | null;
}

/** What came before, what came, and what the network said would come. */
export interface Forecast {
  column: string;
  past: number[];
  target: number[];
  prediction: number[];
}

export interface Examples {
  examples: Example[];
  confusion?: { classes: string[]; matrix: number[][] } | null;
  residuals?: { target: number[]; prediction: number[] } | null;
}

/** A true class and what was predicted for it. */
export interface Cell {
  target: string;
  prediction: string;
}

export type Command = "stop" | "pause" | "continue" | "learning_rate" | "epochs" | "note" | "tag";

/** What page and engine say to each other: docs/playground-protocol.md. */
import type { FamilyName } from "./families/names";
import type { PlayState } from "./state";

export type Message =
  | { type: "configure"; state: PlayState; reset: boolean }
  | { type: "run" | "pause" | "reset" }
  | { type: "step"; unit: "batch" | "epoch"; count: number }
  | { type: "speed"; epochs_per_second: number | null }
  | { type: "edit"; network: number; path: string; index: number[]; value: number }
  | { type: "look"; map: number; unit: number; networks: number[] | null; gradients: boolean }
  | { type: "drawn"; frame: number }
  | { type: "restore"; networks: Snapshot[] }
  | { type: "family"; name: FamilyName; do: "open" | "close" | "run" | "pause" | "step" | "reset" | "set"; count?: number; settings?: Readonly<Record<string, unknown>> }
  | { type: "ask"; id: number; what: string; about: Record<string, unknown> };

export interface ArrayOf {
  name: string;
  shape: number[];
  network?: number;
}

export interface Hello {
  type: "hello";
  session: string;
  resumed: boolean;
  engine: "python" | "typescript";
  questions: string[];
}

export interface DataHeader {
  type: "data";
  problem: "classification" | "regression";
  classes: number;
  columns: string[];
  domain: [[number, number], [number, number]];
  range: [number, number];
  arrays: ArrayOf[];
}

export interface Parts {
  train: number | null;
  test: number | null;
}

export interface Sign {
  sign: string;
  /** A note is true and may do no harm. */
  level: "note" | "warning";
  path: string | null;
  seen: Record<string, number | string>;
  remedy: Record<string, unknown> | null;
}

export interface NetworkHeader {
  epoch: number;
  step: number;
  loss: Parts;
  accuracy: Parts | null;
  penalty: number | null;
  learning_rate: number;
  status: "ready" | "running" | "stopped" | "diverged";
  note: string | null;
  layers: { path: string; units: number; activation: string }[];
  confusion: number[][] | null;
  signs: Sign[];
  history_from: number;
}

export interface FrameHeader {
  type: "frame";
  frame: number;
  running: boolean;
  networks: NetworkHeader[];
  arrays: ArrayOf[];
}

export interface Snapshot {
  epoch: number;
  step: number;
  /** Steps of the epoch that had begun; 0 where it is left out. */
  done?: number;
  params: Record<string, unknown>;
  slots: Record<string, unknown>;
}

/** An engine, wherever it is: the Python one over a WebSocket, or the one in a Worker. */
export interface Engine {
  send(message: Message): void;
  close(): void;
}

/** The page and its engine: the state goes there, frames come from there. */
import { batch, effect, signal } from "@preact/signals";
import type { Envelope } from "../api/envelope";
import type { Connection } from "../api/live";
import { formatBytes } from "../analysis/numbers";
import { t } from "../i18n";
import type { OpenEngine } from "./engine";
import { arraysOf, readData, readFrame, type Frame, type Numbers, type PlayData } from "./frames";
import { LossHistory } from "./history";
import type { ArrayOf, Engine, Hello, Message, Snapshot } from "./protocol";
import type { PlayState } from "./state";
import { isTrainable } from "./data/trainable";
import { state } from "./store";

export const connection = signal<Connection>("connecting");
export const hello = signal<Hello | null>(null);
export const data = signal<PlayData | null>(null);
export const frame = signal<Frame | null>(null);
export const histories = signal<readonly LossHistory[]>([]);
/** What the engine refused, in one line. */
export const failure = signal<string | null>(null);
export const running = signal(false);
/** Epochs a second; null: as many as go. */
export const speed = signal<number | null>(null);
/** The epoch at which a new server took up what the lost one did; null: none was lost. */
export const resumedAt = signal<number | null>(null);

export interface Look {
  map: number;
  unit: number;
  networks: number[] | null;
  gradients: boolean;
}
/** What frames have in them: whoever draws less, or more, sets it. */
export const look = signal<Look>({ map: 100, unit: 20, networks: null, gradients: false });

export interface Answer {
  header: Readonly<Record<string, unknown>>;
  arrays: ReadonlyMap<string, Numbers>;
}

/** What the learner has done since the page was opened, for a course that waits for it. */
export interface Activity {
  edits: number;
  selected: readonly string[];
}
export const activity = signal<Activity>({ edits: 0, selected: [] });

/** A weight, a unit, a bias or a point was selected. */
export function noteSelected(what: string): void {
  activity.value = { ...activity.peek(), selected: [...activity.peek().selected, what] };
}

let engine: Engine | null = null;

/** What the engine takes: a longer message would end the connection. */
const LARGEST = 4 << 20;

/** Messages that may be long are measured before they go. */
export function send(message: Message): void {
  if (message.type === "edit") activity.value = { ...activity.peek(), edits: activity.peek().edits + 1 };
  const length = message.type === "configure" || message.type === "restore" ? JSON.stringify(message).length : 0;
  if (length > LARGEST) failure.value = t("play.large", { size: formatBytes(length), most: formatBytes(LARGEST) });
  else engine?.send(message);
}

export function run(): void {
  running.value = true;
  send({ type: "run" });
}

export function pause(): void {
  running.value = false;
  send({ type: "pause" });
}

export function step(unit: "batch" | "epoch", count = 1): void {
  running.value = false;
  send({ type: "step", unit, count });
}

/** Back to the first weights. */
export function reset(): void {
  running.value = false;
  send({ type: "reset" });
}

const questions = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
let asked = 0;

/** Ask the engine: docs/playground-protocol.md has the questions. */
export function ask(what: string, about: Record<string, unknown> = {}): Promise<Answer> {
  if (connection.peek() !== "open") return Promise.reject(new Error(t("play.lost")));
  const id = ++asked;
  return new Promise((resolve, reject) => {
    questions.set(id, { resolve, reject });
    send({ type: "ask", id, what, about });
  });
}

/** What the last snapshot had, and whether training went on then: a new server begins with it. */
let kept: { networks: Snapshot[]; configured: PlayState } | null = null;
const KEEP_EVERY = 3_000;

export async function keepSnapshot(): Promise<Snapshot[]> {
  const configured = state.peek();
  const networks = (await ask("snapshot")).header["networks"] as Snapshot[];
  kept = { networks, configured };
  return networks;
}

/** Begin to talk with an engine; what comes back ends it. */
export function startSession(open: OpenEngine): () => void {
  engine = open({ message: receive, connection: changeConnection });
  const effects = [
    effect(() => configure(state.value)),
    effect(() => send({ type: "look", ...look.value })),
    effect(() => send({ type: "speed", epochs_per_second: speed.value })),
  ];
  const timer = setInterval(() => {
    if (running.peek() && connection.peek() === "open") void keepSnapshot().catch(() => undefined);
  }, KEEP_EVERY);
  return () => {
    for (const stop of effects) stop();
    clearInterval(timer);
    engine?.close();
    engine = null;
  };
}

function changeConnection(now: Connection, why = ""): void {
  if (now === "lost") {
    for (const { reject } of questions.values()) reject(new Error(t("play.lost")));
    questions.clear();
    if (why) failure.value = why;
  }
  connection.value = now;
}

/** The state as the engine has it; what is shown alone is not its business. */
let configured: PlayState | null = null;
let isPlanned = false;

/** Once an animation frame: a slider moves more often. */
function configure(next: PlayState): void {
  if (isPlanned || (configured && configured.data === next.data && configured.networks === next.networks)) return;
  isPlanned = true;
  requestAnimationFrame(() => {
    isPlanned = false;
    sendState(state.peek());
  });
}

/** Weights of a file go to the engine after the state they belong to. */
export function restoreWhenReady(networks: Snapshot[]): void {
  sendState(state.peek());
  send({ type: "restore", networks });
}

function sendState(now: PlayState, reset = false): void {
  if (!isTrainable(now)) { // the points are being drawn
    if (running.peek()) pause();
    return;
  }
  const areNew = configured !== null && !reset && !keepsWeights(configured, now);
  if (areNew) keepWeightsOf(configured!);
  configured = now;
  failure.value = null;
  send({ type: "configure", state: now, reset });
  const left = areNew ? leftWeights.get(now.networks) : undefined;
  if (left && keepsWeights(left.configured, now)) send({ type: "restore", networks: left.networks });
}

/** Weights that a change of the state took away, by the networks they were of: what is undone has them again. */
const leftWeights = new WeakMap<PlayState["networks"], { networks: Snapshot[]; configured: PlayState }>();

/** Asked for before the change is told, so that the engine still has them. */
function keepWeightsOf(left: PlayState): void {
  void ask("snapshot").then(({ header }) => leftWeights.set(left.networks, { networks: header["networks"] as Snapshot[], configured: left }), () => undefined);
}

/** Whether the engine keeps its weights from one state to another. */
function keepsWeights(one: PlayState, other: PlayState): boolean {
  const first = ({ data: { columns }, networks }: PlayState) =>
    JSON.stringify([columns.length, networks.map(({ features, layers, initializer, seed }) => [features, layers.map(({ units, activation }) => [units, activation === "maxout"]), initializer, seed])]);
  return first(one) === first(other);
}

/** The weights that the state began with, where they were given: an engine that comes later gets them too. */
let begunWith: { state: PlayState; networks: Snapshot[] } | null = null;

/** Begin anew with the state as it is and, where they are given, with these weights, by path. */
export function beginWith(weights: Record<string, unknown> | null): void {
  running.value = false;
  const networks = weights && [{ epoch: 0, step: 0, params: weights, slots: {} }];
  begunWith = networks && { state: state.peek(), networks };
  sendState(state.peek(), true);
  if (networks) send({ type: "restore", networks });
}

const listeners = new Map<string, (envelope: Envelope) => void>();

/** A part of the page that is loaded when needed takes the messages of its own type. */
export function hear(type: string, take: (envelope: Envelope) => void): void {
  listeners.set(type, take);
}

function receive(envelope: Envelope): void {
  const { header } = envelope;
  listeners.get(header.type)?.(envelope);
  if (header.type === "hello") begin(header as unknown as Hello);
  if (header.type === "data") data.value = readData(envelope);
  if (header.type === "frame") hold(envelope);
  if (header.type === "answer") {
    const arrays = new Map([...arraysOf((header["arrays"] as ArrayOf[] | undefined) ?? [], envelope.values)].map(([{ name }, numbers]) => [name, numbers]));
    take(header["id"])?.resolve({ header, arrays });
  }
  if (header.type === "error") {
    const question = take(header["id"]);
    if (question) question.reject(new Error(String(header["error"])));
    else failure.value = String(header["error"]);
  }
}

function take(id: unknown) {
  const question = questions.get(id as number);
  questions.delete(id as number);
  return question;
}

/** A session begins, or is taken up again. A server that knows nothing of it gets the last snapshot. */
function begin(told: Hello): void {
  const wasRunning = running.peek();
  const restored = hello.peek() !== null && !told.resumed ? kept : null;
  batch(() => {
    hello.value = told;
    resumedAt.value = restored ? (restored.networks[0]?.epoch ?? 0) : null;
  });
  send({ type: "look", ...look.peek() });
  send({ type: "speed", epochs_per_second: speed.peek() });
  sendState(state.peek());
  const begun = told.resumed ? null : begunWith && { networks: begunWith.networks, configured: begunWith.state };
  const weights = restored ?? begun;
  if (weights && fits(weights.configured, state.peek())) send({ type: "restore", networks: weights.networks });
  if (wasRunning) run(); // also what was pressed before there was an engine
  else if (told.resumed) pause();
}

/** Whether weights of one state fit another. */
const fits = (one: PlayState, other: PlayState): boolean => {
  const shape = ({ data: { columns }, networks }: PlayState) => JSON.stringify([columns.length, networks.map(({ layers, features }) => [layers, features])]);
  return shape(one) === shape(other);
};

/** The frame that came and is not drawn. */
let waiting: Frame | null = null;

function hold(envelope: Envelope): void {
  const isFirst = waiting === null;
  waiting = readFrame(envelope);
  keepHistory(waiting);
  if (isFirst) requestAnimationFrame(draw);
}

/** The next frame may come as soon as this one is being drawn: the engine makes it meanwhile, and only the last that came is kept. */
function draw(): void {
  const next = waiting!;
  waiting = null;
  send({ type: "drawn", frame: next.frame });
  const wasRunning = running.peek();
  batch(() => {
    frame.value = next;
    running.value = next.running;
  });
  if (wasRunning && !next.running) void keepSnapshot().catch(() => undefined);
}

function keepHistory(next: Frame): void {
  const known = histories.peek();
  const all = next.networks.map((_, index) => known[index] ?? new LossHistory());
  next.networks.forEach(({ arrays, history_from }, index) => {
    const rows = arrays.get("history");
    if (rows) all[index]!.add(rows, history_from);
  });
  histories.value = all;
}

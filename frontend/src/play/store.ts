/** The state of the page. All changes go through `change`, which puts them right, remembers them and says them in the address. */
import { batch, signal } from "@preact/signals";
import { formatAddress } from "./address/format";
import { parseAddress } from "./address/parse";
import { isRecord } from "./fields";
import { presetState } from "./presets";
import { repair, usualData, type Note } from "./repair";
import { START, type DataState, type LayerState, type NetworkState, type PlayState, type ViewState } from "./state";
import { record } from "./undo";

export const state = signal<PlayState>(START);
/** The name of the preset that the state began with. */
export const preset = signal<string | null>(null);
/** What of the last change, address or file was not taken as it was given. */
export const notes = signal<readonly Note[]>([]);
/** Whether the address was one of TensorFlow Playground. */
export const imported = signal(false);
/** Whether points of one's own are too many for the address. */
export const lacksPoints = signal(false);

interface Whole {
  state: PlayState;
  preset: string | null;
}

export interface How {
  /** On the way (a slider that moves, a point that is drawn): the address changes, without an entry to go Back to. */
  dragging?: boolean;
  /** The name of the preset the new state begins with; left out, as before. */
  preset?: string | null;
}

/** How all was before a drag began. */
let before: Whole | null = null;

/** Change the state: `recipe` makes the next one of the present one. */
export function change(recipe: (state: PlayState) => unknown, { dragging = false, preset: begun }: How = {}): void {
  const now: Whole = { state: state.peek(), preset: preset.peek() };
  const repaired = repair(recipe(now.state), now.state);
  const next: Whole = { state: shared(now.state, repaired.state), preset: begun === undefined ? now.preset : begun };
  notes.value = repaired.notes;
  const first = before ?? now;
  before = dragging ? first : null;
  put(next);
  if (dragging) {
    writeAddress("replace");
  } else if (shared(first.state, next.state) !== first.state || next.preset !== first.preset) {
    if (first !== now) writeAddress("replace", first); // what the drag left in the address
    writeAddress("push");
    record({ undo: () => comeBack(first), redo: () => comeBack(next) });
  }
}

export const changeData = (patch: Partial<DataState>, how?: How): void => change((now) => ({ ...now, data: { ...now.data, ...patch } }), how);

export const changeView = (patch: Partial<ViewState>, how?: How): void => change((now) => ({ ...now, view: { ...now.view, ...patch } }), how);

/** Change one network: that which is shown, unless another is named. */
export const changeNetwork = (patch: Partial<NetworkState>, index = state.peek().view.network, how?: How): void =>
  change((now) => ({ ...now, networks: now.networks.map((one, at) => (at === index ? { ...one, ...patch } : one)) }), how);

export const changeLayer = (layer: number, patch: Partial<LayerState>, index = state.peek().view.network, how?: How): void =>
  changeNetwork({ layers: state.peek().networks[index]!.layers.map((one, at) => (at === layer ? { ...one, ...patch } : one)) }, index, how);

/** The network that is shown. */
export const shownNetwork = (): NetworkState => state.value.networks[state.value.view.network]!;

/** Take a whole state that came from elsewhere: a file, a preset. */
export const takeState = (given: unknown, name: string | null = null): void =>
  change(() => overStart(given), { preset: name });

/** What is not given is as at the start; what a teacher took away stays away. */
function overStart(given: unknown): unknown {
  const { hide, embed } = state.peek().view;
  const start = { data: START.data, networks: START.networks, view: { ...START.view, hide, embed } };
  return isRecord(given) ? { ...start, ...given, data: over(start.data, given["data"]), view: over(start.view, given["view"]), networks: networksOver(given["networks"]) } : given;
}

const over = (base: object, part: unknown): unknown => (isRecord(part) ? { ...base, ...part } : (part ?? base));

const networksOver = (given: unknown): unknown => (Array.isArray(given) ? given.map((one) => over(START.networks[0]!, one)) : (given ?? START.networks));

/** What did not change stays the same object: the engine is told of data and networks when they changed. */
const shared = <T>(before: T, after: T): T => (JSON.stringify(before) === JSON.stringify(after) ? before : after);

function put(next: Whole): void {
  const now = state.peek();
  batch(() => {
    if (next.state !== now) state.value = { ...next.state, data: shared(now.data, next.state.data), networks: shared(now.networks, next.state.networks) };
    preset.value = next.preset;
  });
}

/** Undo and redo replace the entry in the browser's history: Back still leads to where one was before. */
function comeBack(to: Whole): void {
  notes.value = [];
  put(to);
  writeAddress("replace");
}

function writeAddress(history: "push" | "replace", whole: Whole = { state: state.peek(), preset: preset.peek() }): void {
  const base = (whole.preset !== null && presetState(whole.preset)) || START;
  const { address, lacksPoints: lacks } = formatAddress(whole.state, whole.preset, base);
  lacksPoints.value = lacks;
  const kept = { playground: whole }; // points that the address lacks are still here after Back, and when the page is loaded again
  if (history === "push") window.history.pushState(kept, "", address);
  else window.history.replaceState(kept, "", address);
}

/** Read the address now, and whenever Back, Forward or a hand changes it. */
export function startStore(): void {
  const read = () => {
    before = null;
    const kept = (window.history.state as { playground?: Whole } | null)?.playground;
    if (kept) {
      const repaired = repair(kept.state);
      notes.value = repaired.notes;
      put({ state: repaired.state, preset: typeof kept.preset === "string" ? kept.preset : null });
      return;
    }
    const parsed = parseAddress(location.hash, presetState);
    batch(() => {
      notes.value = parsed.notes;
      imported.value = parsed.imported;
      put(parsed);
    });
    writeAddress("replace");
  };
  window.addEventListener("popstate", read); // also told when a hand changes what follows the #
  read();
}

/** A new start: other first weights for each network, drawn by chance. */
export const changeAllSeeds = (): void =>
  change((now) => ({ ...now, networks: now.networks.map((network) => ({ ...network, seed: anySeed() })) }));

export const anySeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000;

/** Another problem has other data. */
export const changeProblem = (problem: DataState["problem"]): void =>
  changeProblemData({ problem, name: usualData(problem), points: [], columns: START.data.columns, axes: START.data.axes });

/** Other data, maybe of another problem, with losses that fit it. */
export const changeProblemData = (patch: Partial<DataState> & Pick<DataState, "problem">): void =>
  change((now) => ({
    ...now,
    data: { ...now.data, ...patch },
    networks: now.networks.map((network) => ({ ...network, loss: usualLoss(network.loss, patch.problem) })),
  }));

function usualLoss(loss: NetworkState["loss"], problem: DataState["problem"]): NetworkState["loss"] {
  if (problem === "classification") return loss === "squared" || loss === "hinge" ? loss : "cross_entropy";
  return loss === "cross_entropy" || loss === "hinge" ? "squared" : loss;
}

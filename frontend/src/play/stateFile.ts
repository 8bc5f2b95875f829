/** A playground as a file: its state, and the weights of its networks. */
import { formatBytes } from "../analysis/numbers";
import { t } from "../i18n";
import { isRecord } from "./fields";
import type { Snapshot } from "./protocol";
import { keepSnapshot, restoreWhenReady } from "./session";
import { preset, state, takeState } from "./store";

const FORMAT = "pellucid playground";
/** Bytes: what the engine takes in a message, and some more for spaces. */
const LARGEST = 4 << 20;

export async function saveFile(): Promise<void> {
  const networks = await keepSnapshot().catch((): Snapshot[] => []); // without an engine the state is still worth keeping
  const text = JSON.stringify({ format: FORMAT, preset: preset.peek(), state: state.peek(), networks });
  download(`playground-${state.peek().data.name}.json`, text);
}

export function download(name: string, text: string, type = "application/json"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Raises an error, in one line, for what is no such file. */
export async function openFile(file: File): Promise<void> {
  if (file.size > LARGEST) throw new Error(t("play.load.large", { size: formatBytes(file.size), most: formatBytes(LARGEST) }));
  const given = readFile(await file.text());
  takeState(given.state, given.preset);
  if (given.networks.length) restoreWhenReady(given.networks);
}

export function readFile(text: string): { state: unknown; preset: string | null; networks: Snapshot[] } {
  const given = parsed(text);
  if (!isRecord(given) || given["format"] !== FORMAT || !isRecord(given["state"])) throw new Error(t("play.load.json"));
  const networks = Array.isArray(given["networks"]) ? (given["networks"].filter(isRecord) as unknown as Snapshot[]) : [];
  return { state: given["state"], preset: typeof given["preset"] === "string" ? given["preset"] : null, networks };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

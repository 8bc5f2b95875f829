/** An address as a state; what it has that cannot be is named. */
import { DATA_FIELDS, MOST_NETWORKS, NETWORK_FIELDS, VIEW_FIELDS, type Fields } from "../fields";
import { repair, type Note } from "../repair";
import { START, VERSION, type PlayState } from "../state";
import { DATA_KEYS, VIEW_KEYS } from "./format";
import { isTensorFlow, readTensorFlow } from "./tensorflow";

export interface Parsed {
  state: PlayState;
  preset: string | null;
  notes: Note[];
  /** Whether it is an address of TensorFlow Playground. */
  imported: boolean;
}

/** `presetState` finds the state of a preset, or null. */
export function parseAddress(hash: string, presetState: (name: string) => PlayState | null): Parsed {
  const words = new Map(new URLSearchParams(hash.replace(/^#/, "")));
  if (isTensorFlow(words)) return { ...readTensorFlow(words), preset: null, imported: true };
  const notes: Note[] = [];
  const leaveOut = (field: string) => notes.push({ field, given: words.get(field)!, taken: null });
  const version = words.get("v") ?? String(VERSION); // a name of a preset alone says none
  if (version !== String(VERSION)) notes.push({ field: "v", given: version, taken: String(VERSION) });
  words.delete("v");
  const preset = words.get("preset") ?? null;
  const found = preset === null ? START : presetState(preset);
  if (!found) leaveOut("preset");
  words.delete("preset");
  const base = found ?? START;
  const networks = readNetworks(words, base, leaveOut);
  const given = {
    data: readPart(words, DATA_FIELDS, DATA_KEYS),
    view: readPart(words, VIEW_FIELDS, VIEW_KEYS),
    networks: networks.map((network, index) => ({ ...(base.networks[index] ?? { ...base.networks[0], ...networks[0] }), ...network })),
  };
  for (const name of words.keys()) leaveOut(name);
  const repaired = repair(given, base);
  return { state: repaired.state, preset: found ? preset : null, notes: [...notes, ...repaired.notes], imported: false };
}

function readNetworks(words: Map<string, string>, base: PlayState, leaveOut: (field: string) => void): Record<string, unknown>[] {
  const text = words.get("networks");
  const asked = Number(text ?? base.networks.length);
  const count = Number.isInteger(asked) && asked >= 1 && asked <= MOST_NETWORKS ? asked : base.networks.length;
  if (text !== undefined && count !== asked) leaveOut("networks");
  words.delete("networks");
  return Array.from({ length: count }, (_, index) => readPart(words, NETWORK_FIELDS, {}, index === 0 ? "" : `${index + 1}.`));
}

/** Take out of `words` what belongs to a part of the state. */
function readPart<T extends object>(words: Map<string, string>, fields: Fields<T>, keys: Partial<Record<keyof T, string>>, prefix = ""): Record<string, unknown> {
  const part: Record<string, unknown> = {};
  for (const name of Object.keys(fields) as (keyof T & string)[]) {
    const key = prefix + (keys[name] ?? name);
    const text = words.get(key);
    if (text === undefined) continue;
    words.delete(key);
    const value = fields[name].parse(text);
    part[name] = value === undefined || Number.isNaN(value) ? text : value; // text that is none is refused by name
  }
  return part;
}

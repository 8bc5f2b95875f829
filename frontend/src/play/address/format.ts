/** The state as an address: `#v=1&data=spiral&layers=8relu,4&learning_rate=0.1`, with what differs from the start, or from a preset. */
import { DATA_FIELDS, NETWORK_FIELDS, VIEW_FIELDS, type Fields } from "../fields";
import { START, VERSION, type DataState, type PlayState, type ViewState } from "../state";

/** Names in an address where another part of the state has the same. */
export const DATA_KEYS: Partial<Record<keyof DataState, string>> = { name: "data", seed: "data_seed" };
export const VIEW_KEYS: Partial<Record<keyof ViewState, string>> = { network: "shown" };

/** Longer addresses are cut off by programs that pass them on. */
export const LONGEST = 8_000;

export interface Formatted {
  address: string;
  /** The points of one's own are too many for an address, and left out. */
  lacksPoints: boolean;
}

export function formatAddress(state: PlayState, preset: string | null = null, base: PlayState = START): Formatted {
  const address = format(state, preset, base);
  if (address.length <= LONGEST) return { address, lacksPoints: false };
  return { address: format({ ...state, data: { ...state.data, points: base.data.points } }, preset, base), lacksPoints: true };
}

function format(state: PlayState, preset: string | null, base: PlayState): string {
  const count = state.networks.length;
  const pairs: [string, string][] = [
    ["v", String(VERSION)],
    ...(preset === null ? [] : [["preset", preset] as [string, string]]),
    ...differences(DATA_FIELDS, state.data, base.data, DATA_KEYS),
    ...(count === base.networks.length ? [] : [["networks", String(count)] as [string, string]]),
    ...state.networks.flatMap((network, index) =>
      differences(NETWORK_FIELDS, network, base.networks[index] ?? state.networks[0]!, {}, index === 0 ? "" : `${index + 1}.`),
    ),
    ...differences(VIEW_FIELDS, state.view, base.view, VIEW_KEYS),
  ];
  return `#${pairs.map(([key, value]) => `${key}=${encoded(value)}`).join("&")}`;
}

function differences<T extends object>(fields: Fields<T>, value: T, base: T, keys: Partial<Record<keyof T, string>>, prefix = ""): [string, string][] {
  return (Object.keys(fields) as (keyof T & string)[]).flatMap((name) => {
    const text = fields[name].format(value[name]);
    return text === fields[name].format(base[name]) ? [] : [[prefix + (keys[name] ?? name), text] as [string, string]];
  });
}

/** As readable as an address may be. */
const encoded = (value: string): string =>
  encodeURIComponent(value).replace(/%20/g, "+").replace(/%(?:2C|28|29|5E|3B)/g, decodeURIComponent);

import { t } from "../i18n";
import { decodeEnvelope, type Envelope } from "./envelope";

/** Where answers come from: the server, or files beside an exported page. */
export interface Source {
  json<T>(path: string, query?: Query): Promise<T>;
  binary(path: string, query?: Query): Promise<Envelope>;
}

export type Query = Record<string, string | number | undefined>;

export class AnswerError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return search ? `${path}?${search}` : path;
}

/** A run's address: its folder's path is one segment. */
export const runPath = (id: string, rest = ""): string => `api/runs/${encodeURIComponent(id)}${rest}`;

export const served: Source = {
  json: async <T>(path: string, query?: Query) => (await answer(address(path, query))).json() as Promise<T>,
  binary: async (path, query) => decodeEnvelope(await (await answer(address(path, query))).arrayBuffer()),
};

async function answer(url: string): Promise<Response> {
  const response = await reach(url, { headers: { Accept: "application/json, application/octet-stream" } });
  if (!response.ok) throw new AnswerError(await errorLine(response), response.status);
  return response;
}

/** Browsers have words of their own for a server that does not answer; these are the page's. */
export const reach = (url: string, request: RequestInit): Promise<Response> =>
  fetch(url, request).catch(() => {
    throw new AnswerError(t("connection.none"), 0);
  });

export async function errorLine(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as { error?: string };
    return error ?? `${response.status} ${response.statusText}`;
  } catch {
    return `${response.status} ${response.statusText}`;
  }
}

import { decodeEnvelope } from "./envelope";
import { AnswerError, address, type Query, type Source } from "./source";

/** What the script of an exported page offers: the answers saved beside it, by the address they would be fetched from. */
declare global {
  interface Window {
    pellucidExport?: { get(address: string): Promise<ArrayBuffer | null> };
  }
}

export const exported: Source = {
  json: async <T>(path: string, query?: Query) => JSON.parse(new TextDecoder().decode(await saved(path, query))) as T,
  binary: async (path, query) => decodeEnvelope(await saved(path, query)),
};

async function saved(path: string, query?: Query): Promise<ArrayBuffer> {
  const found = await window.pellucidExport?.get(address(path, query));
  if (!found) throw new AnswerError("this is not part of the exported page", 404);
  return found;
}

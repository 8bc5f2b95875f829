import { decodeEnvelope } from "./envelope";
import { AnswerError, type Query, type Source } from "./source";

/**
 * Answers of an exported page. Browsers fetch no files of a page opened without a server, but they load scripts: each
 * answer is a script that calls `pellucidAnswer(name, base64)`.
 */
declare global {
  interface Window {
    pellucidAnswer?: (name: string, base64: string) => void;
  }
}

const answers = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
const arrived = new Map<string, Uint8Array<ArrayBuffer>>();

export const exported: Source = {
  json: async <T>(path: string, query?: Query) => JSON.parse(new TextDecoder().decode(await bytesOf(path, query))) as T,
  binary: async (path, query) => {
    const bytes = await bytesOf(path, query);
    return decodeEnvelope(bytes.buffer);
  },
};

/** Ranges and numbers of points are not part of a name: an export holds one answer for each table. */
const IN_NAMES = ["name", "path", "part", "layer", "target"];

/** The file of an answer: names of any alphabet become the hexadecimal digits of their UTF-8, as the exporter writes them. */
export function fileOf(path: string, query: Query = {}): string {
  const named = IN_NAMES.filter((name) => query[name] !== undefined).map((name) => `${name}=${query[name]}`);
  const text = [path, ...named].join("?");
  return [...new TextEncoder().encode(text)]
    .map((byte) => (/[A-Za-z0-9/._=-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `~${byte.toString(16).padStart(2, "0")}`))
    .join("");
}

function bytesOf(path: string, query?: Query): Promise<Uint8Array<ArrayBuffer>> {
  const name = fileOf(path, query);
  const known = answers.get(name);
  if (known) return known;
  const promise = load(name);
  answers.set(name, promise);
  return promise;
}

function load(name: string): Promise<Uint8Array<ArrayBuffer>> {
  window.pellucidAnswer ??= (given, base64) => {
    const text = atob(base64);
    arrived.set(given, Uint8Array.from(text, (character) => character.charCodeAt(0)));
  };
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `answers/${name}.js`;
    const failed = () => reject(new AnswerError("this is not in the exported page", 404));
    script.onload = () => {
      const bytes = arrived.get(name);
      if (bytes) resolve(bytes);
      else failed();
    };
    script.onerror = failed;
    document.head.append(script);
  });
}

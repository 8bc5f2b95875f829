import type { Header } from "../src/api/envelope";

/** The bytes of a message, written as docs/protocol.md says, independently of what reads them. */
export function pack(header: Partial<Header>, columns: number[][] = []): ArrayBuffer {
  let text = JSON.stringify({ version: 1, type: "rows", ...header });
  while (new TextEncoder().encode(text).length % 4) text += " ";
  const bytes = new TextEncoder().encode(text);
  const numbers = columns.flat();
  const buffer = new ArrayBuffer(4 + bytes.length + 4 * numbers.length);
  const view = new DataView(buffer);
  view.setUint32(0, bytes.length, true);
  new Uint8Array(buffer, 4, bytes.length).set(bytes);
  numbers.forEach((number, index) => view.setFloat32(4 + bytes.length + 4 * index, number, true));
  return buffer;
}

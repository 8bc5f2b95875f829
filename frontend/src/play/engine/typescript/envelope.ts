/** A message with numbers, as docs/protocol.md describes it: the length of its header, the header as JSON, then float32. */
import type { ArrayOf } from "../../protocol";

const VERSION = 1;

export interface Numbers extends ArrayOf {
  values: ArrayLike<number>;
}

export function encodeEnvelope(header: Record<string, unknown>, arrays: Numbers[] = []): ArrayBuffer {
  const described = arrays.map(({ values: _, ...array }) => array);
  const whole = { version: VERSION, ...header, ...(arrays.length > 0 && { arrays: described }) };
  const text = new TextEncoder().encode(JSON.stringify(whole, finiteOrNull));
  const length = Math.ceil(text.length / 4) * 4;
  const count = arrays.reduce((sum, { values }) => sum + values.length, 0);
  const buffer = new ArrayBuffer(4 + length + 4 * count);
  new DataView(buffer).setUint32(0, length, true);
  const bytes = new Uint8Array(buffer, 4, length).fill(0x20);
  bytes.set(text);
  const numbers = new Float32Array(buffer, 4 + length);
  let at = 0;
  for (const { values } of arrays) {
    numbers.set(values, at);
    at += values.length;
  }
  return buffer;
}

/** JSON has no NaN and no infinity. */
const finiteOrNull = (_: string, value: unknown): unknown => (typeof value === "number" && !Number.isFinite(value) ? null : value);

/** A message with numbers: the length of its header, the header as JSON, then float32, column after column. */

export interface Header {
  version: number;
  type: string;
  run?: string;
  table?: string;
  columns?: string[];
  rows?: number;
  shape?: number[];
  /** The shape of the part that was sent. */
  shown?: number[];
  origin?: Record<string, number>;
  first?: number;
  total?: number;
  decimated?: boolean;
  [name: string]: unknown;
}

export interface Envelope {
  header: Header;
  values: Float32Array;
}

export const VERSION = 1;

export function decodeEnvelope(buffer: ArrayBuffer): Envelope {
  if (buffer.byteLength < 4) throw new Error(`a message of ${buffer.byteLength} bytes has no header`);
  const length = new DataView(buffer).getUint32(0, true);
  const begin = 4 + length;
  if (begin > buffer.byteLength || begin % 4 !== 0) throw new Error(`a header of ${length} bytes does not fit its message`);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))) as Header;
  if (header.version !== VERSION) throw new Error(`messages of version ${header.version} are not understood: reload the page`);
  return { header, values: new Float32Array(buffer, begin, (buffer.byteLength - begin) >> 2) };
}

/** The columns of a message of rows, in float64: what was given as a difference from an origin is whole again. */
export function columnsOf({ header, values }: Envelope): Map<string, Float64Array> {
  const rows = header.rows ?? 0;
  const names = header.columns ?? [];
  if (values.length < rows * names.length) throw new Error("a message of rows is cut short");
  return new Map(
    names.map((name, index) => {
      const origin = header.origin?.[name] ?? 0;
      const column = Float64Array.from(values.subarray(index * rows, (index + 1) * rows));
      if (origin !== 0) for (let row = 0; row < rows; row++) column[row]! += origin;
      return [name, column];
    }),
  );
}

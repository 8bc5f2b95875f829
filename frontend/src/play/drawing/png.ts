/** Pixels as a PNG, without a canvas: stored, not compressed, for the small pictures within an exported SVG. */

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
/** The most bytes of a stored block of deflate (RFC 1951, 3.2.4). */
const MOST_STORED = 65_535;

/** A picture of red, green, blue (one byte each) as a data address. */
export function pngAddress(width: number, height: number, rgb: Uint8Array): string {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 2, 0, 0, 0], 8); // eight bits, red green blue
  const lines = new Uint8Array(height * (1 + 3 * width)); // each line begins with its filter: none
  for (let row = 0; row < height; row++) lines.set(rgb.subarray(row * 3 * width, (row + 1) * 3 * width), row * (1 + 3 * width) + 1);
  const bytes = [...SIGNATURE, ...chunk("IHDR", header), ...chunk("IDAT", zlib(lines)), ...chunk("IEND", new Uint8Array())];
  return `data:image/png;base64,${base64(bytes)}`;
}

function base64(bytes: readonly number[]): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function chunk(name: string, data: Uint8Array): number[] {
  const body = [...[...name].map((letter) => letter.charCodeAt(0)), ...data];
  return [...word(data.length), ...body, ...word(crc32(body))];
}

const word = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

function zlib(data: Uint8Array): Uint8Array {
  const blocks: number[] = [0x78, 0x01];
  for (let begin = 0; begin === 0 || begin < data.length; begin += MOST_STORED) {
    const block = data.subarray(begin, begin + MOST_STORED);
    const isLast = begin + MOST_STORED >= data.length;
    const [low, high] = [block.length & 255, block.length >>> 8];
    blocks.push(isLast ? 1 : 0, low, high, ~low & 255, ~high & 255);
    for (const byte of block) blocks.push(byte);
  }
  blocks.push(...word(adler32(data)));
  return Uint8Array.from(blocks);
}

function adler32(data: Uint8Array): number {
  let [one, two] = [1, 0];
  for (const byte of data) {
    one = (one + byte) % 65_521;
    two = (two + one) % 65_521;
  }
  return ((two << 16) | one) >>> 0;
}

function crc32(bytes: readonly number[]): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return ~rest >>> 0;
}

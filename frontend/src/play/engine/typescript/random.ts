/**
 * Random numbers, those of `pellucid/ops.py` and `pellucid/runtime/threefry.py`: a key is two 32-bit words, the generator is
 * Threefry-2x32 (Salmon, Moraes, Dror and Shaw 2011), and one key gives one array.
 */

export type Key = readonly [number, number];

const PARITY = 0x1bd11bda;
const TURNS = [13, 15, 26, 6, 17, 29, 16, 24] as const;

/** The two words of the last call of `rounds`. */
let high = 0;
let low = 0;

/** The key of a seed from 0 to 2^53 - 1. */
export const keyOf = (seed: number): Key => [Math.floor(seed / 2 ** 32), seed >>> 0];

/** A new key for each `number` (0 to 2^32 - 1). */
export function foldIn(key: Key, number: number): Key {
  rounds(key[0], key[1], 0, number);
  return [high, low];
}

/** `count` random words. */
export function bits(key: Key, count: number): Uint32Array {
  const words = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    rounds(key[0], key[1], 0, i);
    words[i] = high ^ low;
  }
  return words;
}

/** Uniform on [0, 1), 24 random bits each: what float32 draws. */
export function uniform24(key: Key, count: number): Float64Array {
  const drawn = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    rounds(key[0], key[1], 0, i);
    drawn[i] = ((high ^ low) >>> 8) * 2 ** -24;
  }
  return drawn;
}

/** Uniform on [0, 1), 53 random bits each: what float64 draws. */
export function uniform(key: Key, count: number): Float64Array {
  const words = bits(key, 2 * count);
  const drawn = new Float64Array(count);
  for (let i = 0; i < count; i++) drawn[i] = ((words[2 * i]! >>> 5) * 2 ** 26 + (words[2 * i + 1]! >>> 6)) * 2 ** -53;
  return drawn;
}

/** Standard normal numbers by Box and Muller (1958), from 24 random bits for u and for v. */
export function normal(key: Key, count: number): Float64Array {
  const drawn = uniform24(key, 2 * count);
  const result = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    result[i] = Math.sqrt(-2 * Math.log1p(-drawn[i]!)) * Math.cos(2 * Math.PI * drawn[count + i]!);
  }
  return result;
}

/** The twenty rounds on the counter (first, second), left in `high` and `low`. */
function rounds(key0: number, key1: number, first: number, second: number): void {
  const key2 = key0 ^ key1 ^ PARITY;
  let a = (first + key0) | 0;
  let b = (second + key1) | 0;
  for (let block = 0; block < 5; block++) {
    const from = (block & 1) << 2;
    for (let turn = from; turn < from + 4; turn++) {
      const by = TURNS[turn]!;
      a = (a + b) | 0;
      b = ((b << by) | (b >>> (32 - by))) ^ a;
    }
    const place = block % 3;
    a = (a + (place === 0 ? key1 : place === 1 ? key2 : key0)) | 0;
    b = (b + (place === 0 ? key2 : place === 1 ? key0 : key1) + block + 1) | 0;
  }
  high = a >>> 0;
  low = b >>> 0;
}

/** Where words are put to be sorted: training asks for an order an epoch, and new arrays would cost as much as the sorting. */
let scratch = new Float64Array(0);

/** The numbers below `count` in the order of one random word each, written to `order`; what ties stays in order. */
export function randomOrder(key: Key, count: number, order: Int32Array = new Int32Array(count)): Int32Array {
  if (scratch.length !== count) scratch = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    rounds(key[0], key[1], 0, i);
    scratch[i] = ((high ^ low) >>> 0) * count + i; // the word with its number behind it, exact in float64
  }
  scratch.sort();
  for (let i = 0; i < count; i++) order[i] = scratch[i]! % count;
  return order;
}

/** The key that points are drawn with. */
export const dataKey = (seed: number): Key => foldIn(keyOf(seed), 2);
/** The key that first weights are drawn with. */
export const weightsKey = (seed: number): Key => foldIn(keyOf(seed), 0);
/** The key of all steps: step `t`, from 1, draws with `foldIn(stepsKey(seed), t)`. */
export const stepsKey = (seed: number): Key => foldIn(keyOf(seed), 1);
/** In which order epoch `epoch`, from 0, takes the training points. */
export const orderOfEpoch = (count: number, seed: number, epoch: number, order: Int32Array): Int32Array =>
  randomOrder(foldIn(foldIn(keyOf(seed), 3), epoch), count, order);

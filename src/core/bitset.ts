/**
 * Fixed-length sets of indices, one bit each: validity of a column, selection, filter, parts of a split.
 * Plain data (a `Uint8Array` and a length), so that they cross worker boundaries; functions instead of methods.
 */
import { allocateUint8 } from './buffers.ts';

export interface Bitset {
  readonly length: number;
  readonly bits: Uint8Array;
}

export function createBitset(length: number, filled = false): Bitset {
  const bits = allocateUint8((length + 7) >> 3);
  if (filled) {
    bits.fill(0xff);
    const tail = length & 7;
    if (tail !== 0) bits[bits.length - 1] = (1 << tail) - 1;
  }
  return { length, bits };
}

export function hasBit(set: Bitset, index: number): boolean {
  return (((set.bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}

export function setBit(set: Bitset, index: number): void {
  const at = index >> 3;
  set.bits[at] = (set.bits[at] ?? 0) | (1 << (index & 7));
}

export function clearBit(set: Bitset, index: number): void {
  const at = index >> 3;
  set.bits[at] = (set.bits[at] ?? 0) & ~(1 << (index & 7));
}

const POPCOUNT = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest !== 0; rest >>= 1) count += rest & 1;
  return count;
});

export function countBits(set: Bitset): number {
  let count = 0;
  for (const byte of set.bits) count += POPCOUNT[byte] ?? 0;
  return count;
}

export function bitsetOf(length: number, indices: Iterable<number>): Bitset {
  const set = createBitset(length);
  for (const index of indices) setBit(set, index);
  return set;
}

/** Returns the members in ascending order. */
export function bitsetIndices(set: Bitset): Int32Array {
  const indices = new Int32Array(countBits(set));
  let at = 0;
  for (let index = 0; index < set.length; index++) if (hasBit(set, index)) indices[at++] = index;
  return indices;
}

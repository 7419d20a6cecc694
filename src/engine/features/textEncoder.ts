/**
 * Free text → a bag of hashed words. There is no vocabulary to fit, so that any text of any graph can be encoded; words
 * that share a bucket are mixed up, which more buckets make rarer.
 */
import { cellText, type Column } from '../../core/columns.ts';
import type { SparseRows } from './featureTypes.ts';
import type { TextSpec } from './fittedFeatures.ts';

/** Runs of letters, the marks that belong to them, and digits, of any script. Scripts without spaces give long words. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const encoder = new TextEncoder();

/**
 * Returns the 32-bit FNV-1a hash: h = 2166136261; for each byte: h = (h xor byte) · 16777619 mod 2³².
 * Source: Fowler, Noll & Vo, http://www.isthe.com/chongo/tech/comp/fnv/.
 */
export function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Bucket of a word: FNV-1a of its UTF-8 bytes modulo the number of buckets. */
export function wordBucket(word: string, buckets: number): number {
  return fnv1a(encoder.encode(word)) % buckets;
}

/**
 * Returns the encoded rows of a column, read as text: counts of the lower-cased words by bucket, scaled to Euclidean
 * length 1; text without a word, or missing, is an empty row. Composed and decomposed letters are equal (NFC).
 *
 * Source: Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning",
 * https://arxiv.org/abs/0902.2206, without the sign hash. O(characters); all rows are hashed at once.
 */
export function textRows(spec: TextSpec, column: Column): SparseRows {
  const counts = new Float64Array(spec.buckets);
  const rowPtr = new Int32Array(column.length + 1);
  const entries: number[] = [];
  const weights: number[] = [];
  for (let row = 0; row < column.length; row++) {
    const used: number[] = [];
    for (const [word] of cellText(column, row).normalize('NFC').toLowerCase().matchAll(WORD)) {
      const bucket = wordBucket(word, spec.buckets);
      if (counts[bucket] === 0) used.push(bucket);
      counts[bucket] = (counts[bucket] as number) + 1;
    }
    used.sort((a, b) => a - b);
    let squares = 0;
    for (const bucket of used) squares += (counts[bucket] as number) ** 2;
    for (const bucket of used) {
      entries.push(bucket);
      weights.push((counts[bucket] as number) / Math.sqrt(squares));
      counts[bucket] = 0;
    }
    rowPtr[row + 1] = entries.length;
  }
  return {
    width: spec.buckets,
    stored: (row) => (rowPtr[row + 1] as number) - (rowPtr[row] as number),
    write(row, colIndex, values, position, at) {
      for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
        colIndex[position] = at + (entries[k] as number);
        values[position++] = weights[k] as number;
      }
      return position;
    },
  };
}

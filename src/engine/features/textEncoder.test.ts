import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categories, texts } from './testColumns.ts';
import { fnv1a, textRows, wordBucket } from './textEncoder.ts';

const spec = (buckets: number) => ({ kind: 'text', hash: 'fnv1a-32', buckets }) as const;

/** Row as a map of bucket → value. */
function encoded(text: string, buckets = 4096): Map<number, number> {
  const rows = textRows(spec(buckets), texts('t', [text]));
  const colIndex = new Int32Array(rows.stored(0));
  const values = new Float32Array(rows.stored(0));
  expect(rows.write(0, colIndex, values, 0, 0)).toBe(rows.stored(0));
  expect([...colIndex]).toEqual([...new Set(colIndex)].sort((a, b) => a - b));
  return new Map([...colIndex].map((bucket, k) => [bucket, values[k] as number]));
}

describe('text', () => {
  it('hashes by FNV-1a', () => {
    // Published test vectors of the 32-bit hash, http://www.isthe.com/chongo/src/fnv/test_fnv.c.
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(fnv1a(bytes(''))).toBe(0x811c9dc5);
    expect(fnv1a(bytes('a'))).toBe(0xe40c292c);
    expect(fnv1a(bytes('foobar'))).toBe(0xbf9cf968);
    expect(wordBucket('foobar', 1000)).toBe(0xbf9cf968 % 1000);
  });

  it('counts lower-cased words and scales the row to length 1', () => {
    const row = encoded('The cat, the CAT: the dog!');
    // the 3, cat 2, dog 1: length √14.
    expect(row).toEqual(
      new Map(
        [
          ['the', 3],
          ['cat', 2],
          ['dog', 1],
        ]
          .map(([word, count]): [number, number] => [
            wordBucket(word as string, 4096),
            Math.fround((count as number) / Math.sqrt(14)),
          ])
          .sort(([a], [b]) => a - b),
      ),
    );
  });

  it('splits words of any script and composes letters', () => {
    const words = ['straße', 'été', 'данные', 'हिन्दी', '数据', '2024'];
    expect([...encoded('Straße—ÉTÉ/данные हिन्दी 数据\t2024').keys()].sort((a, b) => a - b)).toEqual(
      words.map((word) => wordBucket(word, 4096)).sort((a, b) => a - b),
    );
    expect(encoded('e\u0301te\u0301')).toEqual(encoded('été'));
  });

  it('gives empty rows for no words, missing cells and lone surrogates', () => {
    for (const text of ['', ' \n', '?! …', '\ud800', '\u0000']) expect(encoded(text).size).toBe(0);
    expect(textRows(spec(8), texts('t', [null, 'a'])).stored(0)).toBe(0);
    expect([...encoded('a\ud800b').keys()].sort()).toEqual([...encoded('b a').keys()].sort());
  });

  it('takes very long text and one very long word', () => {
    const row = encoded('alpha beta '.repeat(100_000));
    expect([...row.values()]).toEqual([Math.fround(Math.SQRT1_2), Math.fround(Math.SQRT1_2)]);
    expect([...encoded('x'.repeat(1_000_000)).values()]).toEqual([1]);
  });

  it('reads a category column as text', () => {
    const rows = textRows(spec(64), categories('t', ['one two', 'three', null]));
    expect([0, 1, 2].map((row) => rows.stored(row))).toEqual([2, 1, 0]);
  });

  it('has length 1 or nothing for any string and any number of buckets', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (text, buckets) => {
          const row = encoded(text, buckets);
          const squares = [...row.values()].reduce((sum, value) => sum + value * value, 0);
          if (row.size > 0) expect(squares).toBeCloseTo(1, 5);
          for (const bucket of row.keys()) expect(bucket).toBeLessThan(buckets);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createIdIndex } from './idIndex.ts';
import { utf8Table } from './utf8Table.ts';

it('finds every id of its part of the table and nothing else, the first of equal ones (property)', () => {
  const words = fc.array(fc.string({ unit: 'grapheme', maxLength: 3 }), { maxLength: 60 });
  fc.assert(
    fc.property(words, words, fc.nat(60), fc.nat(60), (ids, others, a, b) => {
      const first = Math.min(a, b, ids.length);
      const last = Math.min(Math.max(a, b), ids.length);
      const index = createIdIndex(utf8Table(ids), first, last);
      for (const word of [...ids, ...others]) {
        const at = ids.slice(first, last).indexOf(word);
        expect(index.findText(word)).toBe(at < 0 ? -1 : first + at);
      }
    }),
  );
});

it('finds rows of another table by their bytes', () => {
  const index = createIdIndex(utf8Table(['n1', 'n22', 'é']));
  const { bytes, offsets } = utf8Table(['é', 'n2', 'n22']);
  expect([0, 1, 2].map((row) => index.find(bytes, offsets[row] ?? 0, offsets[row + 1] ?? 0))).toEqual([
    2, -1, 1,
  ]);
});

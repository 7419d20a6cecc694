import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indexOfSorted } from './sortedIndex.ts';

it('indexOfSorted is indexOf', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: -20, max: 20 })),
      fc.integer({ min: -25, max: 25 }),
      (list, value) => {
        const sorted = Int32Array.from(list).sort();
        expect(indexOfSorted(sorted, value)).toBe(sorted.indexOf(value));
      },
    ),
  );
});

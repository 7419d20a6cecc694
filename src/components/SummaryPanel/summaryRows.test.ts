import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degreeBins } from './summaryRows.ts';

describe('degreeBins', () => {
  it('doubles the width of each bin and begins at degree 1 where no node is isolated', () => {
    expect(degreeBins([1, 2, 3, 4, 8], [5, 4, 3, 2, 1])).toEqual([
      { from: 1, to: 1, count: 5 },
      { from: 2, to: 3, count: 7 },
      { from: 4, to: 7, count: 2 },
      { from: 8, to: 15, count: 1 },
    ]);
  });

  it('has a bin of its own for isolated nodes, and one bin for a graph without edges', () => {
    expect(degreeBins([0, 1], [2, 6])[0]).toEqual({ from: 0, to: 0, count: 2 });
    expect(degreeBins([0], [9])).toEqual([{ from: 0, to: 0, count: 9 }]);
    expect(degreeBins([], [])).toEqual([{ from: 0, to: 0, count: 0 }]);
  });

  it('loses no node, and each degree is within its bin', () => {
    const degrees = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 30 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(degrees, (found) => {
        const sorted = found.toSorted((a, b) => a - b);
        const bins = degreeBins(
          sorted,
          sorted.map(() => 1),
        );
        const inside = bins.reduce(
          (sum, bin) => sum + sorted.filter((degree) => degree >= bin.from && degree <= bin.to).length,
          0,
        );
        return inside === sorted.length && bins.reduce((sum, bin) => sum + bin.count, 0) === sorted.length;
      }),
    );
  });
});

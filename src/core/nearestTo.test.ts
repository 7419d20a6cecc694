import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestTo } from './nearestTo.ts';

describe('nearestTo', () => {
  it('is sorting all rows by distance, ties by index', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, fc.nat(), fc.nat({ max: 8 }), (points, pick, k) => {
        const row = pick % points.length;
        const [x, y] = points[row] as [number, number];
        const apart = (other: number): number =>
          ((points[other]?.[0] ?? 0) - x) ** 2 + ((points[other]?.[1] ?? 0) - y) ** 2;
        const expected = points
          .map((_, other) => other)
          .filter((other) => other !== row)
          .sort((a, b) => apart(a) - apart(b) || a - b)
          .slice(0, k);
        expect([...nearestTo(Float32Array.from(points.flat()), 2, row, k)]).toEqual(expected);
      }),
    );
  });

  it('leaves out rows without a distance', () => {
    expect([...nearestTo(Float32Array.of(0, Number.NaN, 2, 1), 1, 0, 5)]).toEqual([3, 2]);
  });
});

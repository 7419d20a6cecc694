import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSequence } from '../core/random.ts';
import { principalComponents } from './principalComponents.ts';
import type { ProjectionRows } from './projectionTypes.ts';
import { clusteredRows } from './testRows.ts';
import { trustworthiness } from './trustworthiness.ts';

/** The formula with whole rankings, by sorting. */
function slowTrust({ values, n, width }: ProjectionRows, coordinates: Float32Array, k: number): number {
  const ranking = (of: Float32Array, d: number, row: number): number[] => {
    const apart = (other: number): number => {
      let sum = 0;
      for (let at = 0; at < d; at++)
        sum += ((of[row * d + at] as number) - (of[other * d + at] as number)) ** 2;
      return sum;
    };
    return Array.from({ length: n }, (_, other) => other)
      .filter((other) => other !== row)
      .sort((a, b) => apart(a) - apart(b) || a - b);
  };
  let sum = 0;
  for (let row = 0; row < n; row++) {
    const before = ranking(values, width, row);
    for (const other of ranking(coordinates, 2, row).slice(0, k)) {
      sum += Math.max(0, before.indexOf(other) + 1 - k);
    }
  }
  return 1 - (2 * sum) / (n * k * (2 * n - 3 * k - 1));
}

function noise(n: number, seed: number): Float32Array {
  const random = randomSequence(seed, 96);
  return Float32Array.from({ length: 2 * n }, () => random.normal());
}

describe('trustworthiness', () => {
  it('is the plain formula, ties included', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 8, max: 40 })
          .chain((n) =>
            fc.tuple(
              fc.constant(n),
              fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3 * n, maxLength: 3 * n }),
              fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2 * n, maxLength: 2 * n }),
            ),
          ),
        ([n, values, places]) => {
          const rows = { values: Float32Array.from(values), n, width: 3 };
          const coordinates = Float32Array.from(places);
          expect(trustworthiness(rows, coordinates, 3)).toBeCloseTo(slowTrust(rows, coordinates, 3), 10);
        },
      ),
    );
  });

  it('is 1 for a plane shown as it is, and about a half for a picture that is noise', () => {
    const plane = { values: noise(200, 1), n: 200, width: 2 };
    expect(trustworthiness(plane, plane.values)).toBe(1);
    expect(trustworthiness(plane, noise(200, 2))).toBeGreaterThan(0.4);
    expect(trustworthiness(plane, noise(200, 2))).toBeLessThan(0.6);
  });

  it('of a sample of many rows is near that of all', () => {
    const rows = clusteredRows(900, 6, 12, 3);
    const { coordinates } = principalComponents(rows.values, rows.n, rows.width, null);
    expect(trustworthiness(rows, coordinates)).toBeCloseTo(slowTrust(rows, coordinates, 15), 2);
  });

  it('has no figure for two rows', () => {
    expect(trustworthiness({ values: Float32Array.of(1, 2), n: 2, width: 1 }, new Float32Array(4))).toBeNaN();
  });
});

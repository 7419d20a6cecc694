import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classBalance } from './classBalance.ts';
import { degreeAssortativity, degreeDistribution, density, undirectedDegrees } from './degreeDistribution.ts';

describe('degreeDistribution', () => {
  it('counts every degree and knows mean, median and maximum', () => {
    expect(degreeDistribution(Int32Array.of(2, 0, 2, 5))).toEqual({
      degrees: [0, 2, 5],
      counts: [1, 2, 1],
      mean: 2.25,
      median: 2,
      max: 5,
    });
    expect(degreeDistribution(Int32Array.of(1, 4)).median).toBe(2.5);
    expect(degreeDistribution(new Int32Array(0))).toEqual({
      degrees: [],
      counts: [],
      mean: 0,
      median: 0,
      max: 0,
    });
  });

  it('counts a loop twice and parallel edges each', () => {
    expect([...undirectedDegrees(3, Int32Array.of(0, 0, 0), Int32Array.of(0, 1, 1))]).toEqual([4, 2, 0]);
  });
});

describe('density', () => {
  it('is the share of possible edges', () => {
    expect(density(4, 6, false)).toBe(1);
    expect(density(4, 6, true)).toBe(0.5);
    expect(density(1, 0, false)).toBe(0);
  });
});

describe('degreeAssortativity', () => {
  it('equals the correlation over ordered pairs of ends, a loop once, on random multigraphs', () => {
    const ends = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 20 });
    fc.assert(
      fc.property(ends, (edges) => {
        const source = Int32Array.from(edges, (edge) => edge[0]);
        const target = Int32Array.from(edges, (edge) => edge[1]);
        const degree = undirectedDegrees(7, source, target);
        const pairs = edges
          .flatMap(([a, b]) =>
            a === b
              ? [[a, b]]
              : [
                  [a, b],
                  [b, a],
                ],
          )
          .map((pair) => pair.map((node) => degree[node as number] as number) as [number, number]);
        const mean = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length;
        const variance = pairs.reduce((sum, [x]) => sum + (x - mean) ** 2, 0);
        const covariance = pairs.reduce((sum, [x, y]) => sum + (x - mean) * (y - mean), 0);
        const found = degreeAssortativity(7, source, target);
        if (pairs.length === 0 || variance < 1e-9) expect(found).toBeNull();
        else expect(found).toBeCloseTo(covariance / variance, 9);
      }),
    );
  });

  it('is −1 on a star and null where all degrees are equal', () => {
    expect(degreeAssortativity(4, Int32Array.of(0, 0, 0), Int32Array.of(1, 2, 3))).toBeCloseTo(-1, 12);
    expect(degreeAssortativity(3, Int32Array.of(0, 1, 2), Int32Array.of(1, 2, 0))).toBeNull();
    expect(degreeAssortativity(3, new Int32Array(0), new Int32Array(0))).toBeNull();
  });
});

describe('classBalance', () => {
  it('counts the classes that occur', () => {
    expect(classBalance(Int32Array.of(0, 2, 2, -1, 2), ['a', 'b', 'c'])).toEqual({
      classes: ['a', 'c'],
      counts: [1, 3],
      numLabelled: 4,
      numUnlabelled: 1,
      majorityRatio: 0.75,
      evenness: expect.closeTo(0.811278, 6) as number,
    });
  });

  it('has no evenness with one class', () => {
    expect(classBalance(Int32Array.of(0, 0), ['a'])).toMatchObject({ evenness: null, majorityRatio: 1 });
  });
});

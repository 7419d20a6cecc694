/** Ranking measures against their definitions over all pairs and thresholds, and against scikit-learn. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankingMetrics } from './ranking.ts';
import golden from './__golden__/classification.json';

const rank = (labels: readonly number[], scores: readonly number[]): ReturnType<typeof rankingMetrics> =>
  rankingMetrics(Uint8Array.from(labels), Float64Array.from(scores));

describe('rankingMetrics', () => {
  it('counts ties half in ROC-AUC, together in average precision, by their share in recall at k', () => {
    const metrics = rank([1, 0, 1, 0, 0], [0.9, 0.8, 0.8, 0.4, 0.1]);
    expect(metrics?.rocAuc).toBeCloseTo(0.916667, 6);
    expect(metrics?.averagePrecision).toBeCloseTo(0.833333, 6);
    // k = 2: the best is a positive; of the two that tie for the second place one is.
    expect(metrics?.recallAtK).toBe(0.75);
  });

  it('equals scikit-learn 1.2.1 on 60 rows with ties', () => {
    const binary = golden.cases[0] as unknown as Record<'label' | 'score', number[]> & {
      rocAuc: number;
      averagePrecision: number;
    };
    const metrics = rank(binary.label, binary.score);
    expect(metrics?.rocAuc).toBeCloseTo(binary.rocAuc, 12);
    expect(metrics?.averagePrecision).toBeCloseTo(binary.averagePrecision, 12);
  });

  const rowsArbitrary = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: -4, max: 4 })), {
    minLength: 2,
    maxLength: 40,
  });

  it('equals the definitions over all pairs and all thresholds', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const positives = rows.filter(([label]) => label === 1).map(([, score]) => score);
        const negatives = rows.filter(([label]) => label === 0).map(([, score]) => score);
        fc.pre(positives.length > 0 && negatives.length > 0);
        const pairs = positives.flatMap((p): number[] =>
          negatives.map((n) => (p > n ? 1 : p === n ? 0.5 : 0)),
        );
        const rocAuc = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
        let averagePrecision = 0;
        for (const threshold of new Set(positives)) {
          const taken = rows.filter(([, score]) => score >= threshold);
          const precision = taken.filter(([label]) => label === 1).length / taken.length;
          averagePrecision +=
            (precision * positives.filter((score) => score === threshold).length) / positives.length;
        }
        const metrics = rank(
          rows.map(([label]) => label),
          rows.map(([, score]) => score),
        );
        expect(metrics?.rocAuc).toBeCloseTo(rocAuc, 12);
        expect(metrics?.averagePrecision).toBeCloseTo(averagePrecision, 12);
      }),
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const measure = (given: typeof rows): ReturnType<typeof rankingMetrics> =>
          rank(
            given.map(([label]) => label),
            given.map(([, score]) => score),
          );
        expect(measure([...rows].reverse())).toEqual(measure(rows));
      }),
    );
  });

  it('finds every positive at k when all of them lead, none when all of them trail', () => {
    expect(rank([1, 1, 0, 0, 0], [5, 4, 3, 2, 1])?.recallAtK).toBe(1);
    expect(rank([0, 0, 0, 1, 1], [5, 4, 3, 2, 1])?.recallAtK).toBe(0);
    expect(rank([1, 1, 0, 0], [2, 2, 2, 2])).toEqual({ rocAuc: 0.5, averagePrecision: 0.5, recallAtK: 0.5 });
  });

  it.each([
    ['one class only', [1, 1], [0.1, 0.2]],
    ['no positive', [0, 0], [0.1, 0.2]],
    ['no rows', [], []],
    ['a score that is not a number', [1, 0, 1], [0.1, Number.NaN, 0.2]],
  ])('is not defined for %s', (_, labels, scores) => {
    expect(rank(labels, scores)).toBeNull();
  });

  it('takes infinite scores as the ends of the order', () => {
    expect(rank([1, 0, 1, 0], [Infinity, -Infinity, -Infinity, -Infinity])?.rocAuc).toBe(0.75);
  });
});

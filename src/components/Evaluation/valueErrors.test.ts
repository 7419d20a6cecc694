import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks, scatterRange } from './scatterPainter.ts';
import { errorsByRange, errorSummary, valuePoints, type ValuePoints } from './valueErrors.ts';

const result = {
  parts: Uint8Array.of(3, 3, 2, 3, 3, 1),
  trueValues: Float32Array.of(1, 2, 9, Number.NaN, 5, 7),
  predictedValues: Float32Array.of(2, 2, 9, 4, 2, 7),
};
const pointsOf = (pairs: readonly (readonly [number, number])[]): ValuePoints => ({
  rows: Int32Array.from(pairs.keys()),
  truth: Float64Array.from(pairs, ([truth]) => truth),
  predicted: Float64Array.from(pairs, ([, predicted]) => predicted),
});

describe('errors of predicted numbers', () => {
  it('are of the nodes of one part whose number is known', () => {
    expect(valuePoints(result, 'test')).toEqual({
      rows: Int32Array.of(0, 1, 4),
      truth: Float64Array.of(1, 2, 5),
      predicted: Float64Array.of(2, 2, 2),
    });
  });

  it('are summed up by quantiles, bias and the worst', () => {
    expect(errorSummary(valuePoints(result, 'test'), 2)).toEqual({
      count: 3,
      median: 1,
      ninetieth: 3,
      bias: -2 / 3,
      worst: [
        { row: 4, truth: 5, predicted: 2 },
        { row: 0, truth: 1, predicted: 2 },
      ],
    });
    expect(errorSummary(pointsOf([]), 2)).toBeNull();
  });

  it('by range keep equal numbers together', () => {
    const pairs = [1, 1, 1, 1, 2, 3].map((truth) => [truth, truth + 1] as const);
    expect(errorsByRange(pointsOf(pairs))).toEqual([
      { from: 1, to: 1, count: 4, meanPredicted: 2, meanError: 1 },
      { from: 2, to: 2, count: 1, meanPredicted: 3, meanError: 1 },
      { from: 3, to: 3, count: 1, meanPredicted: 4, meanError: 1 },
    ]);
  });

  it('by range count every node once', () => {
    const pair = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 40 }), (pairs) => {
        const ranges = errorsByRange(pointsOf(pairs));
        expect(ranges.reduce((sum, range) => sum + range.count, 0)).toBe(pairs.length);
        ranges.forEach((range, at) => {
          expect(range.from).toBeGreaterThan(ranges[at - 1]?.to ?? -Infinity);
        });
      }),
    );
  });
});

describe('axes of the scatter', () => {
  it.each([
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [154_000, 421_000, [200_000, 250_000, 300_000, 350_000, 400_000]],
    [3, 3, [3]],
  ])('from %d to %d', (min, max, ticks) => {
    const found = axisTicks(min, max, 6);
    expect(found).toHaveLength(ticks.length);
    found.forEach((tick, at) => expect(tick).toBeCloseTo(ticks[at] as number, 9));
  });

  it('have room also around one number', () => {
    expect(scatterRange(pointsOf([[10, 10]]))).toEqual([9, 11]);
    expect(scatterRange(pointsOf([[0, 0]]))).toEqual([-1, 1]);
  });
});

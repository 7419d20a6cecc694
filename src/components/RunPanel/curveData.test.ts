import { describe, expect, it } from 'vitest';
import type { RunCurves } from '../../state/types.ts';
import { curveData, lossCeiling } from './curveData.ts';

function curvesOf(length: number): RunCurves {
  const of = (value: (index: number) => number) =>
    Float64Array.from({ length: length + 8 }, (_, index) => value(index));
  return {
    length,
    epoch: of((index) => index + 1),
    loss: of((index) => 2 - index / length),
    valLoss: of((index) => (index % 2 === 0 ? 1 : Number.NaN)),
    trainScore: of(() => 0.5),
    valScore: of(() => 0.25),
  };
}

describe('curveData', () => {
  it('reads only the published length and turns what was not measured into gaps', () => {
    expect(curveData(curvesOf(3), 'loss')).toEqual({
      epoch: [1, 2, 3],
      train: [2, 2 - 1 / 3, 2 - 2 / 3],
      val: [1, null, 1],
    });
    expect(curveData(curvesOf(1), 'score')).toEqual({ epoch: [1], train: [0.5], val: [0.25] });
  });

  it.each([1200, 1201, 5000, 99_999])('thins %i epochs but keeps the last', (length) => {
    const { epoch } = curveData(curvesOf(length), 'loss');
    expect(epoch.length).toBeLessThanOrEqual(1200);
    expect([epoch[0], epoch.at(-1)]).toEqual([1, length]);
    expect(new Set(epoch).size).toBe(epoch.length);
  });

  it('is empty before the first epoch', () =>
    expect(curveData(curvesOf(0), 'loss')).toEqual({ epoch: [], train: [], val: [] }));
});

describe('lossCeiling', () => {
  it.each([
    [1.95, 2],
    [2.01, 2.5],
    [0.032, 0.035],
    [140, 150],
  ])('%d rounds up to %d', (largest, ceiling) => {
    expect(lossCeiling({ epoch: [1], train: [largest], val: [null] })).toBeCloseTo(ceiling, 10);
  });

  it('is 1 without values', () => expect(lossCeiling({ epoch: [], train: [], val: [] })).toBe(1));
});

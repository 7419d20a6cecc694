import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_STYLE } from '../../state/viewStyle.ts';
import type { NumericValues } from './columnValues.ts';
import { allowsLog, isHeavyTailed, powersOfTen, roundSteps, valueScale } from './valueScale.ts';

function numbers(values: readonly number[], isDate = false): NumericValues {
  const present = values.filter((value) => !Number.isNaN(value));
  return {
    kind: 'numeric',
    values: Float64Array.from(values),
    min: Math.min(...present),
    max: Math.max(...present),
    isDate,
  };
}

describe('isHeavyTailed', () => {
  it.each([
    ['degrees with a hub', [1, 1, 2, 2, 3, 4, 168], true],
    ['an even range', [1, 2, 3, 4, 5], false],
    ['many zeros: the median is of what is there', [0, 0, 0, 0, 1, 1, 30], true],
    ['both signs', [-1, 1, 1000], false],
    ['zeros alone', [0, 0, 0], false],
  ] as const)('%s', (_, values, expected) => {
    expect(isHeavyTailed(numbers(values))).toBe(expected);
  });

  it('does not take logarithms of dates', () => {
    expect(isHeavyTailed(numbers([1, 2, 1e12], true))).toBe(false);
    expect(allowsLog(numbers([1, 2, 1e12], true))).toBe(false);
  });
});

describe('valueScale', () => {
  it('is linear between the ends', () => {
    const scale = valueScale(numbers([10, 15, 20]), DEFAULT_STYLE);
    expect([scale.isLog, scale.ratioOf(10), scale.ratioOf(15), scale.ratioOf(20)]).toEqual([
      false,
      0,
      0.5,
      1,
    ]);
  });

  it('takes logarithms of heavy tails by itself, and of others on request', () => {
    const tail = valueScale(numbers([1, 1, 1, 100]), DEFAULT_STYLE);
    expect([tail.isLog, tail.ratioOf(10)]).toEqual([true, 0.5]);
    expect(valueScale(numbers([1, 1, 1, 100]), { ...DEFAULT_STYLE, scale: 'linear' }).isLog).toBe(false);
    expect(valueScale(numbers([1, 2, 4]), { ...DEFAULT_STYLE, scale: 'log' }).ratioOf(2)).toBeCloseTo(
      0.5,
      12,
    );
    expect(valueScale(numbers([-1, 2]), { ...DEFAULT_STYLE, scale: 'log' }).isLog).toBe(false);
  });

  it('has room for zeros on a logarithmic scale', () => {
    const scale = valueScale(numbers([0, 1, 1, 1, 99]), DEFAULT_STYLE);
    expect([scale.isLog, scale.ratioOf(0), scale.ratioOf(9), scale.ratioOf(99)]).toEqual([true, 0, 0.5, 1]);
  });

  it('is pale at the midpoint, with equal distances equally strong', () => {
    const style = { ...DEFAULT_STYLE, ramp: 'diverging' as const };
    const signed = valueScale(numbers([-1, 0, 4]), style);
    expect([signed.midpoint, signed.min, signed.max]).toEqual([0, -4, 4]);
    expect(signed.ratioOf(-1) - 0.5).toBeCloseTo(0.5 - signed.ratioOf(1), 12);
    expect(valueScale(numbers([2, 6]), style).midpoint).toBe(4);
    expect(valueScale(numbers([2, 6]), { ...style, midpoint: 3 }).ratioOf(3)).toBe(0.5);
  });

  it('puts a column of one value in the middle', () => {
    for (const ramp of ['viridis', 'diverging'] as const) {
      expect(valueScale(numbers([7, 7]), { ...DEFAULT_STYLE, ramp }).ratioOf(7)).toBe(0.5);
    }
  });

  it('never leaves [0, 1] nor turns the order round', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const kind = fc.constantFrom('auto' as const, 'linear' as const, 'log' as const);
    const ramp = fc.constantFrom('viridis' as const, 'diverging' as const);
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 2, maxLength: 30 }),
        kind,
        ramp,
        (values, scaleKind, rampId) => {
          const scale = valueScale(numbers(values), { ramp: rampId, scale: scaleKind, midpoint: null });
          const ratios = values.toSorted((a, b) => a - b).map((one) => scale.ratioOf(one));
          for (const [at, ratio] of ratios.entries()) {
            expect(ratio).toBeGreaterThanOrEqual(-1e-9);
            expect(ratio).toBeLessThanOrEqual(1 + 1e-9);
            expect(ratio).toBeGreaterThanOrEqual((ratios[at - 1] ?? 0) - 1e-9);
          }
        },
      ),
    );
  });
});

describe('ticks', () => {
  it('are round', () => {
    expect(roundSteps(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(roundSteps(1990, 2021)).toEqual([1990, 2000, 2010, 2020]);
    expect(roundSteps(-3.2, 4.1)).toEqual([-2, 0, 2, 4]);
    expect(powersOfTen(0.02, 300)).toEqual([0.1, 1, 10, 100]);
    expect(powersOfTen(0, 50)).toEqual([1, 10]);
    expect(powersOfTen(1, 1e9)).toEqual([1, 100, 1e4, 1e6, 1e8]);
  });

  it('lie strictly between the ends, at most six, whatever the range', () => {
    const end = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(end, end, (a, b) => {
        const scale = valueScale(numbers([a, b]), { ...DEFAULT_STYLE, scale: 'linear' });
        const ticks = scale.ticks();
        expect(ticks.length).toBeLessThanOrEqual(6);
        for (const { value, ratio } of ticks) {
          expect(value > scale.min && value < scale.max).toBe(true);
          expect(ratio).toBeCloseTo((value - scale.min) / (scale.max - scale.min), 9);
        }
      }),
    );
    expect(roundSteps(0, Infinity)).toEqual([]);
    expect(roundSteps(3, 3)).toEqual([]);
  });
});

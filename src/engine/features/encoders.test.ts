import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../../core/bitset.ts';
import type { Column } from '../../core/columns.ts';
import { DEFAULT_FEATURE_OPTIONS, type FeatureOptions } from './featureOptions.ts';
import type { FeatureMatrix } from './featureTypes.ts';
import { fitAndApplyFeatures } from './fitFeatures.ts';
import { bags, categories, dates, flags, numbers, vectors } from './testColumns.ts';

/** Fits on the given training rows and encodes the same column. */
function encoded(column: Column, train: readonly number[], options: Partial<FeatureOptions> = {}) {
  const table = { type: 'node', columns: [column], offset: 0, count: column.length };
  return fitAndApplyFeatures([table], column.length, bitsetOf(column.length, train), {
    ...DEFAULT_FEATURE_OPTIONS,
    ...options,
  });
}
const rowsOf = (features: FeatureMatrix): number[][] =>
  Array.from({ length: features.numNodes }, (_, row) =>
    Array.from(
      { length: features.denseWidth },
      (__, column) => features.dense?.[row * features.denseWidth + column] as number,
    ),
  );
/** Sparse rows as [column, value] pairs. */
const entriesOf = ({ sparse }: FeatureMatrix): number[][][] =>
  Array.from({ length: sparse?.rows ?? 0 }, (_, row) => {
    const from = sparse?.rowPtr[row] as number;
    return [...(sparse?.colIndex.subarray(from, sparse.rowPtr[row + 1]) ?? [])].map((column, k) => [
      column,
      sparse?.values?.[from + k] as number,
    ]);
  });

describe('numbers', () => {
  it('robust: centres on the median and divides by the interquartile range of training rows', () => {
    // Training rows 1, 2, 3, 4, 5: median 3, quartiles 2 and 4. The outlier in row 5 counts for nothing.
    const { features } = encoded(numbers('x', [1, 2, 3, 4, 5, 1000]), [0, 1, 2, 3, 4], { scaling: 'robust' });
    expect(rowsOf(features)).toEqual([[-1], [-0.5], [0], [0.5], [1], [498.5]]);
    // Quartiles between two rows: of 0 and 4 they are 1 and 3.
    expect(rowsOf(encoded(numbers('x', [0, 4]), [0, 1], { scaling: 'robust' }).features)).toEqual([
      [-1],
      [1],
    ]);
    // Most rows equal: the range is 0 and counts as 1.
    const constant = encoded(numbers('x', [7, 7, 7, 7, 9]), [0, 1, 2, 3, 4], { scaling: 'robust' });
    expect(rowsOf(constant.features)).toEqual([[0], [0], [0], [0], [2]]);
  });

  it('none: keeps the numbers and gives missing ones the training mean', () => {
    const { features } = encoded(numbers('x', [2, 4, null, 90]), [0, 1], { scaling: 'none' });
    expect(rowsOf(features)).toEqual([
      [2, 0],
      [4, 0],
      [3, 1],
      [90, 0],
    ]);
  });

  it('treats NaN and infinite values as missing and survives the ends of the number range', () => {
    const { features } = encoded(numbers('x', [1, 3, Number.NaN, Infinity, -Infinity]), [0, 1, 2, 3, 4]);
    expect(rowsOf(features)).toEqual([
      [-1, 0],
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    for (const scaling of ['standard', 'robust', 'none'] as const) {
      const extreme = encoded(numbers('x', [1.7e308, -1.7e308, 1e300, 0]), [0, 1, 2], { scaling });
      expect([...(extreme.features.dense ?? [])].every(Number.isFinite)).toBe(true);
      expect(JSON.parse(JSON.stringify(extreme.fitted))).toEqual(extreme.fitted);
    }
    expect(rowsOf(encoded(numbers('x', [1.5e308, -1.5e308]), [0, 1]).features)).toEqual([[1], [-1]]);
    // A test value that float32 cannot hold ends at its largest number, not at infinity.
    expect(rowsOf(encoded(numbers('x', [0, 2, 1e300]), [0, 1]).features)[2]).toEqual([3.4028234663852886e38]);
  });

  it('is 0 everywhere when no training row has a value, and keeps true/false as 1 and 0', () => {
    expect(rowsOf(encoded(numbers('x', [null, 5]), [0]).features)).toEqual([
      [0, 1],
      [5, 0],
    ]);
    expect(rowsOf(encoded(flags('b', [true, false, null]), [0, 1]).features)).toEqual([
      [1, 0],
      [0, 0],
      [0, 1],
    ]);
  });
});

describe('dates', () => {
  const day = 86_400_000;
  it('standardises them, also when numbers stay as they are', () => {
    const column = dates('when', ['2024-01-01', '2024-01-03', null]);
    for (const scaling of ['standard', 'none'] as const) {
      const { features, fitted } = encoded(column, [0, 1], { scaling });
      expect(rowsOf(features)).toEqual([
        [-1, 0],
        [1, 0],
        [0, 1],
      ]);
      expect(fitted.types[0]?.encoders[0]).toMatchObject({
        centre: [Date.parse('2024-01-02')],
        spread: [day],
      });
    }
  });

  it('adds weekday and month as points on circles, also before 1970', () => {
    // 1969-12-28 and 2023-01-01 were Sundays (angle 0); 2024-04-03 a Wednesday (3/7) in the fourth month (3/12).
    const column = dates('when', ['1969-12-28T12:00Z', '2023-01-01', '2024-04-03', null]);
    const rows = rowsOf(encoded(column, [0, 1], { cyclicDates: true }).features).map((row) => row.slice(2));
    const point = (turn: number) => [Math.sin(2 * Math.PI * turn), Math.cos(2 * Math.PI * turn)];
    const expected = [
      [...point(0), ...point(11 / 12)],
      [...point(0), ...point(0)],
      [...point(3 / 7), ...point(3 / 12)],
      [0, 0, 0, 0],
    ];
    rows.forEach((row, at) =>
      row.forEach((value, c) => {
        expect(value).toBeCloseTo(expected[at]?.[c] as number, 6);
      }),
    );
    expect(rows).toHaveLength(4);
  });

  it('counts times outside the calendar as missing', () => {
    const column = {
      ...dates('when', ['2024-01-01', '2024-01-03', '2024-01-03']),
      values: Float64Array.of(0, day, 1e300),
    };
    expect(rowsOf(encoded(column as Column, [0, 1, 2], { cyclicDates: true }).features)[2]).toEqual([
      0, 1, 0, 0, 0, 0,
    ]);
  });
});

describe('vectors', () => {
  it('keeps the good components of a row with one missing, and marks it', () => {
    const column = vectors('v', [[1, 10], [3, 30], [5, Number.NaN], null], 2);
    expect(rowsOf(encoded(column, [0, 1]).features)).toEqual([
      [-1, -1, 0],
      [1, 1, 0],
      [3, 0, 1],
      [0, 0, 1],
    ]);
    const plain = encoded(
      vectors(
        'v',
        [
          [1, 10],
          [3, 30],
        ],
        2,
      ),
      [0, 1],
    );
    expect(plain.features.names).toEqual(['v (2 numbers)']);
  });
});

describe('categories', () => {
  it('gives missing cells an empty row, or an indicator where asked', () => {
    const column = categories('city', ['b', null, 'a']);
    const { features } = encoded(column, [0]);
    expect(entriesOf(features)).toEqual([[[1, 1]], [], [[0, 1]]]);
    expect(features.names).toEqual(['city (2 one-hot)']);
    const marked = encoded(column, [0], { indicateMissingCategories: true, categories: 'embedded' });
    expect(entriesOf(marked.features)).toEqual([[[1, 1]], [[2, 1]], [[0, 1]]]);
    expect(marked.features.names).toEqual(['city (3 embedded)']);
    const full = encoded(categories('city', ['b', 'a']), [0], { indicateMissingCategories: true });
    expect(full.features.width).toBe(2);
  });
});

describe('bags', () => {
  it('scales rows as asked and counts values that are not finite as 0', () => {
    const column = bags(
      'words',
      [
        [
          [0, 3],
          [2, -4],
        ],
        [],
        [
          [1, Infinity],
          [2, 2],
        ],
      ],
      3,
    );
    expect(entriesOf(encoded(column, [0]).features)).toEqual([
      [
        [0, Math.fround(3 / 7)],
        [2, Math.fround(-4 / 7)],
      ],
      [],
      [
        [1, 0],
        [2, 1],
      ],
    ]);
    const length = encoded(column, [0], { bagScaling: 'l2' }).features;
    expect(entriesOf(length)[0]).toEqual([
      [0, Math.fround(0.6)],
      [2, Math.fround(-0.8)],
    ]);
    expect(entriesOf(encoded(column, [0], { bagScaling: 'none' }).features)[0]).toEqual([
      [0, 3],
      [2, -4],
    ]);
    expect(length.names).toEqual(['words (3 sparse)']);
  });
});

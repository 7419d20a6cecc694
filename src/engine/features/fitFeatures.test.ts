import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../../core/bitset.ts';
import type { Column } from '../../core/columns.ts';
import { TaskError } from '../../core/errors.ts';
import { applyFeatures } from './applyFeatures.ts';
import { DEFAULT_FEATURE_OPTIONS, type FeatureOptions } from './featureOptions.ts';
import type { FeatureTable } from './featureTypes.ts';
import { fitAndApplyFeatures, fitFeatures } from './fitFeatures.ts';
import { bags, categories, dates, flags, numbers, texts, vectors } from './testColumns.ts';

const options = (changed: Partial<FeatureOptions> = {}): FeatureOptions => ({
  ...DEFAULT_FEATURE_OPTIONS,
  ...changed,
});
const EVERY_OPTION = options({
  scaling: 'robust',
  textBuckets: 32,
  cyclicDates: true,
  indicateMissingCategories: true,
});

function everyKind(changeAt: number | null = null): Column[] {
  const cell = <T>(row: number, value: T, other: T): T => (row === changeAt ? other : value);
  const rows = [0, 1, 2, 3, 4, 5];
  return [
    numbers(
      'x',
      rows.map((row) => cell(row, row === 1 ? null : row * row, -77)),
    ),
    flags(
      'flag',
      rows.map((row) => cell(row, row % 2 === 0, row % 2 !== 0)),
    ),
    dates(
      'when',
      rows.map((row) => cell(row, `2024-0${row + 1}-05`, '1990-01-01')),
    ),
    vectors(
      'v',
      rows.map((row) => cell(row, [row, row === 4 ? Number.NaN : 1 - row], [500, 600])),
      2,
    ),
    categories(
      'city',
      rows.map((row) => cell(row, row === 3 ? null : ('abc'[row % 3] ?? 'a'), 'c')),
      ['a', 'b', 'c'],
    ),
    texts(
      'title',
      rows.map((row) => cell(row, `Graph ${row} of ${row * 3}`, 'other words')),
    ),
    bags(
      'words',
      rows.map((row) => (row === 2 ? [] : [[row % 4, cell(row, row + 1, 9)] as const])),
      4,
    ),
  ];
}
const table = (columns: readonly Column[], type = 'node', offset = 0): FeatureTable => ({
  type,
  columns,
  offset,
  count: columns[0]?.length ?? 0,
});
const TRAIN = bitsetOf(6, [0, 1, 2]);

describe('fitFeatures', () => {
  it.each([
    ['defaults', options()],
    ['every option', EVERY_OPTION],
  ])('learns nothing from the values of other than training rows, %s', (_, chosen) => {
    const fitted = fitFeatures([table(everyKind())], 6, TRAIN, chosen);
    expect(fitFeatures([table(everyKind(5))], 6, TRAIN, chosen)).toEqual(fitted);
    // The same change in a training row is noticed.
    expect(fitFeatures([table(everyKind(2))], 6, TRAIN, chosen)).not.toEqual(fitted);
  });

  it.each([
    ['defaults', options()],
    ['every option', EVERY_OPTION],
  ])('is plain JSON that encodes the same graph the same way, %s', (_, chosen) => {
    const { fitted, features } = fitAndApplyFeatures([table(everyKind())], 6, TRAIN, chosen);
    const read = JSON.parse(JSON.stringify(fitted));
    expect(read).toEqual(fitted);
    expect(applyFeatures(read, [table(everyKind())], 6)).toEqual(features);
    expect(features.usesIdentity).toBe(false);
  });

  it('gives text chosen without text buckets a default width', () => {
    const { features } = fitAndApplyFeatures(
      [table([texts('t', ['a b', ''])])],
      2,
      bitsetOf(2, [0]),
      options(),
    );
    expect(features.names).toEqual(['t (1024 hashed words)']);
  });

  it('survives any strings as names and categories, and any numbers', () => {
    const text = fc.string({ unit: 'binary', maxLength: 4 });
    const cells = fc.array(fc.tuple(fc.option(fc.double()), fc.option(text)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, cells, fc.constantFrom('standard', 'robust', 'none'), (name, rows, scaling) => {
        const columns = [
          numbers(
            name,
            rows.map(([number]) => number),
          ),
          categories(
            `${name}c`,
            rows.map(([, word]) => word),
          ),
        ];
        const train = bitsetOf(rows.length, [0, 2]);
        const { fitted, features } = fitAndApplyFeatures(
          [table(columns)],
          rows.length,
          train,
          options({ scaling }),
        );
        expect([...(features.dense ?? [])].every(Number.isFinite)).toBe(true);
        expect(applyFeatures(JSON.parse(JSON.stringify(fitted)), [table(columns)], rows.length)).toEqual(
          features,
        );
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe('several node types', () => {
  const tables = [
    table([numbers('age', [1, 3, 5]), categories('city', ['a', 'b', 'a'])], 'user'),
    table([numbers('age', [10, 30])], 'item', 3),
    { type: 'shop', columns: [], offset: 5, count: 2 },
  ];
  const train = bitsetOf(7, [0, 1]);

  it('stores only the values of its own type in each row, and fits types without training rows on all theirs', () => {
    const { features } = fitAndApplyFeatures(tables, 7, train, options());
    // Columns: user age, city a, city b, item age. Users: mean 2, sd 1. Items (no training row): mean 20, sd 10.
    expect(features).toEqual({
      numNodes: 7,
      sparse: {
        rows: 7,
        cols: 4,
        rowPtr: Int32Array.of(0, 2, 4, 6, 7, 8, 8, 8),
        colIndex: Int32Array.of(0, 1, 0, 2, 0, 1, 3, 3),
        values: Float32Array.of(-1, 1, 1, 1, 3, 1, -1, 1),
      },
      dense: null,
      denseWidth: 0,
      width: 4,
      names: ['user: age', 'user: city (2 one-hot)', 'item: age'],
      usesIdentity: false,
    });
  });

  it('gives nodes of types without columns a column each, where asked', () => {
    const { fitted, features } = fitAndApplyFeatures(
      tables,
      7,
      train,
      options({ identity: 'featureless-types' }),
    );
    expect(features.width).toBe(6);
    expect(features.usesIdentity && fitted.usesIdentity).toBe(true);
    expect([...(features.sparse?.colIndex.subarray(8) ?? [])]).toEqual([4, 5]);
    expect(features.names.at(-1)).toBe('shop: node identity (one-hot)');
    expect(applyFeatures(fitted, tables, 7)).toEqual(features);
  });

  it('keeps dense columns dense when one type only has any', () => {
    const one = [tables[0] as FeatureTable, table([categories('kind', ['x', 'y'])], 'item', 3)];
    const { features } = fitAndApplyFeatures(one, 5, train, options());
    expect([...(features.dense ?? [])]).toEqual([-1, 1, 3, 0, 0]);
    expect(features.sparse?.cols).toBe(4);
  });
});

describe('identity columns', () => {
  const train = bitsetOf(3, [0]);
  it('stand for all nodes when there is nothing else, and for none where forbidden', () => {
    const { fitted, features } = fitAndApplyFeatures([], 3, train, options());
    expect(features).toMatchObject({ width: 3, usesIdentity: true, names: ['node identity (one-hot)'] });
    expect(fitted.identity).toEqual([{ type: null, at: 0, count: 3 }]);
    let thrown: unknown;
    try {
      fitFeatures([], 3, train, options({ identity: 'never' }));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TaskError);
    expect(thrown).toMatchObject({
      code: 'no-features',
      message: 'There is no feature to learn from.',
      remedy: 'Choose at least one column or structural feature, or allow identity columns.',
    });
  });
});

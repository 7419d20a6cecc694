import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../../core/bitset.ts';
import type { Column } from '../../core/columns.ts';
import { ParameterError } from '../../core/errors.ts';
import { applyFeatures } from './applyFeatures.ts';
import { DEFAULT_FEATURE_OPTIONS } from './featureOptions.ts';
import type { FeatureMatrix, FeatureTable } from './featureTypes.ts';
import { fitFeatures } from './fitFeatures.ts';
import { bags, categories, dates, numbers, texts, vectors } from './testColumns.ts';

const table = (columns: readonly Column[], type = 'paper', offset = 0): FeatureTable => ({
  type,
  columns,
  offset,
  count: columns[0]?.length ?? 0,
});
const columns = [
  numbers('x', [0, 2, 100, null]),
  categories('city', ['b', 'a', 'c', 'a']),
  vectors(
    'v',
    [
      [0, 0],
      [2, 4],
      [1, 1],
      [1, 1],
    ],
    2,
  ),
  bags('words', [[[0, 1]], [], [[2, 1]], []], 3),
  dates('when', ['2024-01-01', '2024-01-03', null, null]),
  texts('title', ['one', 'two', 'three', '']),
];
const other = table([], 'author', 4);
const fitted = fitFeatures([table(columns), other], 4, bitsetOf(4, [0, 1]), {
  ...DEFAULT_FEATURE_OPTIONS,
  textBuckets: 8,
});

const sparseRow = ({ sparse }: FeatureMatrix, row: number) => [
  ...(sparse?.colIndex.subarray(sparse.rowPtr[row], sparse.rowPtr[row + 1]) ?? []),
];
const denseRow = ({ dense, denseWidth }: FeatureMatrix, row: number) =>
  Array.from({ length: denseWidth }, (_, column) => dense?.[row * denseWidth + column] as number);

/** The second graph: other order, other dictionary, a column that was not fitted, other rows. */
const second = [
  texts('title', ['One', 'unseen!']),
  categories('city', ['c', 'z'], ['z', 'c', 'b']),
  numbers('unused', [1, 2]),
  bags(
    'words',
    [
      [[2, 4]],
      [
        [0, 3],
        [1, 1],
      ],
    ],
    3,
  ),
  dates('when', [null, '2024-01-05']),
  vectors(
    'v',
    [
      [4, 8],
      [0, Number.NaN],
    ],
    2,
  ),
  numbers('x', [4, Number.NaN]),
];

describe('applyFeatures to another graph', () => {
  it('finds columns by name, categories by text, and scales with the statistics of training', () => {
    const applied = applyFeatures(fitted, [table(second)], 2);
    const own = applyFeatures(fitted, [table(columns), other], 4);
    // x: mean 1, sd 1, with indicator; v: means 1 and 2, sds 1 and 2, no indicator; when: mean 2 January, sd 1 day.
    expect(denseRow(applied, 0)).toEqual([3, 0, 3, 3, 0, 1]);
    expect(denseRow(applied, 1)).toEqual([0, 1, -1, 0, 3, 0]);
    // Columns: city 0–2 (a, b, c), words 3–5, title 6–13. 'z' is unseen: no entry.
    const title = sparseRow(own, 0).at(-1) as number;
    expect(sparseRow(applied, 0)).toEqual([2, 5, title]);
    expect(sparseRow(applied, 1).slice(0, 2)).toEqual([3, 4]);
    expect([applied.width, applied.names]).toEqual([own.width, own.names]);
  });

  it('marks unseen categories where the fitted column has an indicator', () => {
    const marked = fitFeatures([table([categories('city', ['a', null])])], 2, bitsetOf(2, [0]), {
      ...DEFAULT_FEATURE_OPTIONS,
      indicateMissingCategories: true,
    });
    const applied = applyFeatures(marked, [table([categories('city', ['b', 'a', null])])], 3);
    expect([0, 1, 2].map((row) => sparseRow(applied, row))).toEqual([[1], [0], [1]]);
  });

  it('reads categories that another graph holds as numbers or text, and columns without a value', () => {
    const codes = fitFeatures(
      [table([categories('k', ['1', '2', '10'])])],
      3,
      bitsetOf(3, [0]),
      DEFAULT_FEATURE_OPTIONS,
    );
    const dictionary = ['1', '10', '2'];
    const place = (word: string) => dictionary.indexOf(word);
    for (const column of [numbers('k', [10, 2, 3]), texts('k', ['10', '2', '3'])]) {
      const applied = applyFeatures(codes, [table([column])], 3);
      expect([0, 1, 2].map((row) => sparseRow(applied, row))).toEqual([[place('10')], [place('2')], []]);
    }
    const empty = second.map((column) => categories(column.name, [null, null], []));
    const applied = applyFeatures(fitted, [table(empty)], 2);
    expect(denseRow(applied, 0)).toEqual([0, 1, 0, 0, 0, 1]);
    expect(applied.sparse?.colIndex).toHaveLength(0);
  });

  it('matches one node type to one node type whatever its name', () => {
    const single = fitFeatures(
      [table([numbers('x', [0, 2])])],
      2,
      bitsetOf(2, [0, 1]),
      DEFAULT_FEATURE_OPTIONS,
    );
    expect(denseRow(applyFeatures(single, [table([numbers('x', [5])], 'node')], 1), 0)).toEqual([4]);
  });

  const without = (name: string) => second.filter((column) => column.name !== name);
  it.each([
    [
      'a missing column',
      [table(without('x'))],
      'feature-column',
      "'paper' has no column 'x', which the model was trained with.",
      "Add a column 'x' to the node table; its cells may be empty.",
      { column: 'x', nodeType: 'paper' },
    ],
    [
      'another kind',
      [table([...without('x'), categories('x', ['a', 'b'])])],
      'feature-kind',
      "Column 'x' of 'paper' holds categories; the model was trained with numbers.",
      "Correct the values of 'x', or train the model again.",
      { column: 'x', nodeType: 'paper', kind: 'category', trained: 'numbers' },
    ],
    [
      'another width',
      [table([...without('words'), bags('words', [[], []], 4)])],
      'feature-width',
      "Column 'words' of 'paper' has 4 values a row; the model was trained with 3.",
      "Make 'words' with the same vocabulary or embedding as in training.",
      { column: 'words', nodeType: 'paper', width: 4, wanted: 3 },
    ],
    [
      'an unknown node type',
      [table(second), table([numbers('x', [1])], 'venue', 2)],
      'feature-type',
      "The model was not trained with nodes of type 'venue'.",
      "Rename the node type to one of 'paper', 'author', or leave these nodes out.",
      { nodeType: 'venue' },
    ],
  ])('refuses %s', (_, tables, code, message, remedy, details) => {
    let thrown: unknown;
    try {
      applyFeatures(fitted, tables, 3);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ParameterError);
    expect(thrown).toMatchObject({ code, message, remedy, details });
  });

  it('refuses another version and nodes that were learned one by one', () => {
    const tables = [table(columns), other];
    expect(() => applyFeatures({ ...fitted, version: 2 as 1 }, tables, 4)).toThrow(
      'The stored feature encoding has version 2; this program reads version 1.',
    );
    const identity = fitFeatures([], 4, bitsetOf(4, [0]), DEFAULT_FEATURE_OPTIONS);
    expect(() => applyFeatures(identity, [], 5)).toThrow(
      'The model learned 4 nodes one by one and cannot be applied to 5 others.',
    );
  });
});

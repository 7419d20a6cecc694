/** Every form of split text: what it draws, what never happens, and what it says when it cannot be followed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetIndices, bitsetOf, countBits } from '../bitset.ts';
import type { CategoryColumn, Column, DateColumn, F64Column, VectorColumn } from '../columns.ts';
import { ParameterError } from '../errors.ts';
import { SPLIT_PARTS, type NodeSplit } from '../split.ts';
import { utf8Table } from '../utf8Table.ts';
import { resolveNodeSplit, type SplitInput } from './resolveNodeSplit.ts';

const category = (name: string, cells: readonly string[]): CategoryColumn => {
  const dictionary = [...new Set(cells)];
  return {
    kind: 'category',
    name,
    length: cells.length,
    validity: null,
    codes: Int32Array.from(cells, (cell) => dictionary.indexOf(cell)),
    dictionary,
  };
};
const numbers = (name: string, values: readonly (number | null)[]): F64Column => ({
  kind: 'f64',
  name,
  length: values.length,
  validity: bitsetOf(
    values.length,
    values.flatMap((value, row) => (value === null ? [] : [row])),
  ),
  values: Float64Array.from(values, (value) => value ?? 0),
});
const dates = (name: string, days: readonly number[]): DateColumn => ({
  kind: 'date',
  name,
  length: days.length,
  validity: null,
  values: Float64Array.from(days, (day) => day * 86_400_000),
});

const inputOf = (
  codes: readonly number[],
  columns: readonly Column[] = [],
  more: Partial<SplitInput> = {},
): SplitInput => ({
  columns,
  nodeTypeName: 'paper',
  codes: Int32Array.from(codes),
  offset: 0,
  numNodes: codes.length,
  seed: 1,
  ...more,
});

const membersOf = (split: NodeSplit): number[][] =>
  SPLIT_PARTS.map((part) => [...bitsetIndices(split[part])]);
const sizesOf = (split: NodeSplit): number[] => SPLIT_PARTS.map((part) => countBits(split[part]));

const codesArbitrary = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 12, maxLength: 120 });
const sharesArbitrary = fc.tuple(
  fc.integer({ min: 1, max: 80 }),
  fc.integer({ min: 0, max: 50 }),
  fc.integer({ min: 0, max: 50 }),
);
const seedArbitrary = fc.integer();

/** Parts are disjoint, hold labelled rows only, and together hold the expected rows. */
function expectPartition(split: NodeSplit, expected: readonly number[]): void {
  const all = membersOf(split).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(all.sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
}

const labelledOf = (codes: readonly number[]): number[] =>
  codes.flatMap((code, row) => (code >= 0 ? [row] : []));

describe('forms without a column', () => {
  it.each(['random', 'uniform'])(
    '%s cuts all labelled rows at the shares, the same for the same seed',
    (form) => {
      fc.assert(
        fc.property(codesArbitrary, sharesArbitrary, seedArbitrary, (codes, shares, seed) => {
          const text = `${form}:${shares.join('/')}`;
          const split = resolveNodeSplit(text, inputOf(codes, [], { seed }));
          expectPartition(split, labelledOf(codes));
          expect(resolveNodeSplit(text, inputOf(codes, [], { seed }))).toEqual(split);
          const total = shares[0] + shares[1] + shares[2];
          const groups = form === 'uniform' ? [[0, 1, 2, 3]] : [[0], [1], [2], [3]];
          for (const classes of groups) {
            const isMember = (row: number): boolean => classes.includes(codes[row] as number);
            const numRows = labelledOf(codes).filter(isMember).length;
            const [train = 0, val = 0] = membersOf(split).map((rows) => rows.filter(isMember).length);
            expect(Math.abs(train - (shares[0] / total) * numRows)).toBeLessThanOrEqual(1);
            const held = ((shares[0] + shares[1]) / total) * numRows;
            expect(Math.abs(train + val - held)).toBeLessThanOrEqual(1);
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  it('random keeps the draw of every earlier version', () => {
    const codes = Array.from({ length: 24 }, (_, row) => (row % 7 === 6 ? -1 : row % 3));
    const split = resolveNodeSplit(
      'random:60/20/20',
      inputOf(codes, [], { seed: 3, offset: 2, numNodes: 30 }),
    );
    expect(membersOf(split)).toEqual([
      [4, 5, 7, 9, 10, 11, 12, 14, 17, 18, 19, 21],
      [3, 6, 13, 20, 23, 25],
      [2, 16, 24],
    ]);
  });

  it('uniform does not look at classes, random does', () => {
    const codes = Array.from({ length: 100 }, (_, row) => (row < 90 ? 0 : 1));
    const ofRareClass = (text: string, seed: number): number =>
      membersOf(resolveNodeSplit(text, inputOf(codes, [], { seed })))[0]?.filter((row) => row >= 90).length ??
      0;
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    expect(new Set(seeds.map((seed) => ofRareClass('random:50/25/25', seed)))).toEqual(new Set([5]));
    expect(new Set(seeds.map((seed) => ofRareClass('uniform:50/25/25', seed))).size).toBeGreaterThan(2);
  });

  it('folds test every labelled row exactly once and validate it exactly once', () => {
    fc.assert(
      fc.property(codesArbitrary, fc.integer({ min: 3, max: 6 }), seedArbitrary, (codes, numFolds, seed) => {
        const labelled = labelledOf(codes);
        fc.pre(labelled.length >= numFolds);
        const input = inputOf(codes, [], { seed });
        const splits = Array.from({ length: numFolds }, (_, fold) =>
          resolveNodeSplit(`fold:${fold}/${numFolds}`, input),
        );
        for (const split of splits) expectPartition(split, labelled);
        const tested = splits.map((split) => [...bitsetIndices(split.test)]);
        expect(tested.flat().sort((a, b) => a - b)).toEqual(labelled);
        splits.forEach((split, fold) => {
          expect([...bitsetIndices(split.val)]).toEqual(tested[(fold + 1) % numFolds]);
        });
        for (const classes of [[0], [1], [2], [3], [0, 1, 2, 3]]) {
          const sizes = tested.map(
            (rows) => rows.filter((row) => classes.includes(codes[row] as number)).length,
          );
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('all trains on every labelled row and holds nothing back', () => {
    const split = resolveNodeSplit('all', inputOf([0, -1, 1, 0], [], { offset: 3, numNodes: 8 }));
    expect(membersOf(split)).toEqual([[3, 5, 6], [], []]);
    expect([split.name, split.seed, split.notes]).toEqual(['all', null, []]);
  });
});

describe('forms that read a split column', () => {
  const words = ['train', 'valid', 'test', 'none', 'train'];
  const columns = [
    category('split', words),
    category('split3', [...words].reverse()),
    category('fold a:b', words),
    category('label', ['x', 'y', 'x', 'y', 'x']),
  ];
  const input = inputOf([0, 1, 0, 1, -1], columns);

  it.each([
    ['public', [[0], [1], [2]]],
    ['public:3', [[0], [3], [2]]],
    ['column:fold a:b', [[0], [1], [2]]],
    ['split3', [[0], [3], [2]]],
    ['auto', [[0], [1], [2]]],
  ])('%s', (text, expected) => {
    const split = resolveNodeSplit(text, input);
    expect(membersOf(split)).toEqual(expected);
    expect(split.name).toBe(text === 'auto' ? 'public' : text);
  });

  it('auto draws 60/20/20 where no column is a split', () => {
    const noSplit = inputOf([0, 1, 0, 1, 0], [category('split', ['a', 'b', 'c', 'd', 'e'])]);
    expect(resolveNodeSplit('auto', noSplit)).toEqual(resolveNodeSplit('random:60/20/20', noSplit));
  });
});

describe('group', () => {
  it('keeps groups whole and exceeds no share by more than the largest group', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 11 }), { minLength: 30, maxLength: 120 }),
        sharesArbitrary,
        seedArbitrary,
        (groups, shares, seed) => {
          fc.pre(new Set(groups).size >= 3);
          const codes = groups.map((_, row) => (row % 9 === 8 ? -1 : row % 2));
          const text = `group:document:${shares.join('/')}`;
          const split = resolveNodeSplit(text, inputOf(codes, [numbers('document', groups)], { seed }));
          const labelled = labelledOf(codes);
          expectPartition(split, labelled);
          const parts = membersOf(split).map((rows) => new Set(rows.map((row) => groups[row])));
          const placed = new Set(labelled.map((row) => groups[row]));
          expect(parts.reduce((sum, part) => sum + part.size, 0)).toBe(placed.size);
          const largest = Math.max(
            ...[...placed].map((group) => labelled.filter((row) => groups[row] === group).length),
          );
          const total = shares[0] + shares[1] + shares[2];
          sizesOf(split).forEach((size, part) => {
            const share = (shares[part] as number) / total;
            expect(size).toBeLessThanOrEqual(share * labelled.length + largest);
            expect(size > 0).toBe(share > 0);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('meets the shares exactly where groups are equally large, and differs by seed', () => {
    const groups = Array.from({ length: 100 }, (_, row) => `doc ${row % 20}`);
    const column: Column = {
      kind: 'text',
      name: 'document',
      length: 100,
      validity: null,
      text: utf8Table(groups),
    };
    const codes = groups.map((_, row) => row % 3);
    const draw = (seed: number): NodeSplit =>
      resolveNodeSplit('group:document:60/20/20', inputOf(codes, [column], { seed }));
    expect(sizesOf(draw(1))).toEqual([60, 20, 20]);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(2).test).not.toEqual(draw(1).test);
  });

  it('leaves rows without a group out, and says how many', () => {
    const column = numbers('document', [1, 1, 2, 3, null, null]);
    const split = resolveNodeSplit('group:document:50/25/25', inputOf([0, 1, 0, 1, 0, -1], [column]));
    expectPartition(split, [0, 1, 2, 3]);
    expect(split.notes).toEqual(["1 labelled node has no 'document' and is in no part."]);
  });
});

describe('time', () => {
  it('orders the parts in time, and no moment straddles a border', () => {
    const times = fc.array(fc.option(fc.integer({ min: 1990, max: 2020 }), { freq: 8 }), {
      minLength: 20,
      maxLength: 120,
    });
    fc.assert(
      fc.property(times, sharesArbitrary, (years, shares) => {
        const codes = years.map((_, row) => (row % 7 === 6 ? -1 : 0));
        const timed = labelledOf(codes).filter((row) => years[row] !== null);
        fc.pre(new Set(timed.map((row) => years[row])).size >= 3);
        const split = resolveNodeSplit(
          `time:year:${shares.join('/')}`,
          inputOf(codes, [numbers('year', years)]),
        );
        expectPartition(split, timed);
        const spans = membersOf(split).map((rows) => rows.map((row) => years[row] as number));
        expect(spans.map((span) => span.length > 0)).toEqual(shares.map((share) => share > 0));
        const present = spans.filter((span) => span.length > 0);
        present.slice(1).forEach((span, at) => {
          expect(Math.max(...(present[at] as number[]))).toBeLessThan(Math.min(...span));
        });
        const without = labelledOf(codes).length - timed.length;
        expect(split.notes.length).toBe(without === 0 ? 0 : 1);
        if (without > 1) {
          expect(split.notes).toEqual([`${without} labelled nodes have no 'year' and are in no part.`]);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('cuts different dates exactly at the shares, oldest first', () => {
    const days = [9, 0, 5, 7, 1, 3, 8, 2, 6, 4];
    const split = resolveNodeSplit(
      'time:when:60/20/20',
      inputOf(
        days.map(() => 0),
        [dates('when', days)],
      ),
    );
    expect(membersOf(split).map((rows) => rows.map((row) => days[row] ?? -1).sort())).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7],
      [8, 9],
    ]);
    expect(split.seed).toBeNull();
  });

  it('moves a border to the nearer end of a moment', () => {
    const years = [1, 1, 1, 2, 2, 2, 2, 2, 3, 4];
    const split = resolveNodeSplit(
      'time:year:70/10/20',
      inputOf(
        years.map(() => 0),
        [numbers('year', years)],
      ),
    );
    expect(sizesOf(split)).toEqual([8, 1, 1]);
  });
});

describe('what cannot be followed', () => {
  const vector: VectorColumn = {
    kind: 'vector',
    name: 'x',
    length: 6,
    validity: null,
    width: 1,
    values: new Float32Array(6),
  };
  const columns = [
    category('split0', ['train', 'val', 'test', 'train', 'val', 'test']),
    category('label', ['a', 'b', 'a', 'b', 'a', 'b']),
    numbers('year', [1, 1, 1, 2, 2, 2]),
    vector,
  ];
  const input = inputOf([0, 1, 0, 1, 0, 1], columns);
  const threeShares = 'Write three shares for train, validation and test, with a train share above 0.';

  it.each([
    [
      'radnom:60/20/20',
      'unknown-split',
      "There is no split 'radnom'.",
      "Did you mean 'random', 'auto', 'uniform'? Known: auto, public, column, random, uniform, fold, group, time, all.",
    ],
    ['random:60/40', 'split-format', "Split 'random:60/40' is not of the form random:60/20/20.", threeShares],
    ['random', 'split-format', "Split 'random' is not of the form random:60/20/20.", threeShares],
    [
      'uniform:0/50/50',
      'split-format',
      "Split 'uniform:0/50/50' is not of the form uniform:60/20/20.",
      threeShares,
    ],
    [
      'uniform:60//20',
      'split-format',
      "Split 'uniform:60//20' is not of the form uniform:60/20/20.",
      threeShares,
    ],
    ['time:year', 'split-format', "Split 'time:year' is not of the form time:COLUMN:60/20/20.", threeShares],
    [
      'time:yeer:60/20/20',
      'split-column',
      "Split 'time:yeer:60/20/20': 'paper' has no column 'yeer'.",
      "Did you mean 'year', 'label', 'x'?",
    ],
    [
      'time:label:60/20/20',
      'split-column',
      "Split 'time:label:60/20/20': column 'label' holds neither dates nor numbers.",
      'Choose a date or number column.',
    ],
    [
      'time:year:60/20/20',
      'split-times',
      "Split 'time:year:60/20/20': the labelled nodes have 2 different values of 'year', too few for 3 parts.",
      'Choose a column with more different times, or give one part the share 0.',
    ],
    [
      'group:x:60/20/20',
      'split-column',
      "Split 'group:x:60/20/20': column 'x' holds vectors, not groups.",
      'Choose a category, text, number, date or true/false column.',
    ],
    [
      'group:year:60/20/20',
      'split-groups',
      "Split 'group:year:60/20/20': the labelled nodes are in 2 groups by 'year', too few for 3 parts.",
      'Choose a column with more different values, or give one part the share 0.',
    ],
    [
      'fold:5',
      'split-format',
      "Split 'fold:5' is not of the form fold:0/5.",
      'Write the fold, counted from 0, and the number of folds.',
    ],
    [
      'fold:5/5',
      'split-format',
      "Split 'fold:5/5' asks for fold 5 of 5.",
      'Folds are counted from 0: write fold:0/5 to fold:4/5.',
    ],
    [
      'fold:0/2',
      'split-format',
      "Split 'fold:0/2' has 2 folds, which leaves none to train on.",
      'Use at least 3 folds: one is test, one validation.',
    ],
    [
      'fold:0/7',
      'split-format',
      "Split 'fold:0/7' deals 6 labelled nodes into 7 folds, so that some are empty.",
      'Use fewer folds, or label more nodes.',
    ],
    ['all:x', 'split-format', "Split 'all:x' has something behind 'all'.", "Write 'all' alone."],
    [
      'public',
      'split-column',
      "'paper' has no split column 'split'.",
      "Use a column that is one ('split0'), or add a column 'split' with train, val, test or none, or use random:60/20/20.",
    ],
    [
      'column:label',
      'split-column',
      "Column 'label' of 'paper' is not a split column.",
      "Use a column that is one ('split0'), or let its cells be train, val, test or none, with at least one train, or use random:60/20/20.",
    ],
  ])('%s', (text, code, message, remedy) => {
    let thrown: unknown;
    try {
      resolveNodeSplit(text, input);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ParameterError);
    const { code: gotCode, message: gotMessage, remedy: gotRemedy } = thrown as ParameterError;
    expect({ code: gotCode, message: gotMessage, remedy: gotRemedy }).toEqual({ code, message, remedy });
  });

  it('names no nearest column where there is none', () => {
    const bare = inputOf([0, 1, 0]);
    expect(() => resolveNodeSplit('group:year:60/20/20', bare)).toThrow(
      expect.objectContaining({ remedy: "Add a column 'year' to the node table, or use random:60/20/20." }),
    );
    expect(() => resolveNodeSplit('public', bare)).toThrow(
      expect.objectContaining({
        remedy: "Add a column 'split' with train, val, test or none, or use random:60/20/20.",
      }),
    );
  });
});

/** Queries of tables against a slow reference: every cell as a plain value, filtered and sorted by the language itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../bitset.ts';
import type { Column } from '../columns.ts';
import { CancelledError } from '../errors.ts';
import { utf8Table } from '../utf8Table.ts';
import { type Cells, columnCells } from './cells.ts';
import { type Condition, CONDITIONS_OF } from './conditions.ts';
import { queryRows, type TableQuery } from './queryRows.ts';

type Value = number | string | boolean | null;

interface TestColumn {
  readonly cells: Cells;
  readonly values: readonly Value[];
  /** For order: numbers and dictionary places as they are. */
  readonly ranks: readonly (number | string | null)[];
}

const DICTIONARY = ['Theory', 'neural', 'Ä b', '<img onerror>'];
const WORDS = ['', 'alpha', 'Alpha beta', 'ä', '\u{1F600}', '\uFFFD', '=HYPERLINK("x")', '10', '9', '-3'];
const DAY = 86_400_000;

const base = (values: readonly Value[]) => ({
  name: 'x',
  length: values.length,
  validity: bitsetOf(
    values.length,
    values.flatMap((value, row) => (value === null ? [] : [row])),
  ),
});

const numbers = (values: readonly (number | null)[]): TestColumn => ({
  cells: columnCells({ ...base(values), kind: 'f64', values: Float64Array.from(values, (v) => v ?? 7) }),
  values,
  ranks: values,
});
const dates = (values: readonly (number | null)[]): TestColumn => ({
  ...numbers(values),
  cells: columnCells({ ...base(values), kind: 'date', values: Float64Array.from(values, (v) => v ?? 7) }),
});
const categories = (codes: readonly (number | null)[]): TestColumn => {
  const values = codes.map((code) => (code === null ? null : (DICTIONARY[code] as string)));
  const column: Column = {
    ...base(values),
    kind: 'category',
    codes: Int32Array.from(codes, (code) => code ?? 0),
    dictionary: DICTIONARY,
  };
  return { cells: columnCells(column), values, ranks: codes };
};
const texts = (values: readonly (string | null)[]): TestColumn => {
  const column: Column = { ...base(values), kind: 'text', text: utf8Table(values.map((v) => v ?? 'gone')) };
  return { cells: columnCells(column), values, ranks: values };
};
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 4 });
const smallNumber = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -4, max: 4 }));
const aDate = fc.integer({ min: -3 * DAY, max: 3 * DAY });

const columnOf = (length: number): fc.Arbitrary<TestColumn> => {
  const array = <T>(value: fc.Arbitrary<T>) =>
    fc.array(optional(value), { minLength: length, maxLength: length });
  return fc.oneof(
    array(smallNumber).map(numbers),
    array(aDate).map(dates),
    array(fc.nat(DICTIONARY.length - 1)).map(categories),
    array(fc.constantFrom(...WORDS)).map(texts),
  );
};

const conditionFor = (cells: Cells): fc.Arbitrary<Condition> => {
  const number = cells.kind === 'date' ? aDate : smallNumber;
  const word = fc.constantFrom(...DICTIONARY, ...WORDS, 'a', 'NEURAL');
  const isNumber = cells.kind === 'number' || cells.kind === 'date';
  return fc.constantFrom(...CONDITIONS_OF[cells.kind]).chain((kind): fc.Arbitrary<Condition> => {
    switch (kind) {
      case 'contains':
        return word.map((text) => ({ kind, text }));
      case 'equals':
      case 'differs':
        return (isNumber ? number : word).map((value: number | string) => ({ kind, value }));
      case 'less':
      case 'greater':
        return number.map((value) => ({ kind, value }));
      case 'between':
        return fc.tuple(number, number).map(([low, high]) => ({ kind, low, high }));
      case 'one-of':
        return fc.array(word, { maxLength: 3 }).map((values) => ({ kind, values }));
      default:
        return fc.constant({ kind });
    }
  });
};

function meets({ cells, values }: TestColumn, row: number, condition: Condition): boolean {
  const value = values[row] as Value;
  if (condition.kind === 'missing') return value === null;
  if (condition.kind === 'present') return value !== null;
  if (value === null) return false;
  const unit = (x: unknown): number => (cells.kind === 'date' ? Math.floor(Number(x) / DAY) : Number(x));
  const isNumber = cells.kind === 'number' || cells.kind === 'date';
  const isEqual = (x: number | string): boolean => (isNumber ? unit(x) === unit(value) : x === value);
  switch (condition.kind) {
    case 'contains':
      return String(value).toLowerCase().includes(condition.text.toLowerCase());
    case 'equals':
      return isEqual(condition.value);
    case 'differs':
      return !isEqual(condition.value);
    case 'less':
      return unit(value) < unit(condition.value);
    case 'greater':
      return unit(value) > unit(condition.value);
    case 'between':
      return unit(value) >= unit(condition.low) && unit(value) <= unit(condition.high);
    case 'one-of':
      return condition.values.includes(String(value));
    default:
      return condition satisfies never;
  }
}

const byCodePoint = (a: string, b: string): number => {
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < Math.min(x.length, y.length); at++) {
    const difference = (x[at]?.codePointAt(0) as number) - (y[at]?.codePointAt(0) as number);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
};

function sorted(rows: readonly number[], { ranks }: TestColumn, isDescending: boolean): number[] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [ranks[a] ?? null, ranks[b] ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    if (typeof x === 'string') return sign * byCodePoint(x, String(y));
    return sign * (x - Number(y));
  });
}

const everything = (count: number): TableQuery => ({
  count,
  isKept: null,
  conditions: [],
  search: null,
  order: null,
});

const table = fc.integer({ min: 0, max: 40 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    columns: fc.array(columnOf(count), { minLength: 1, maxLength: 3 }),
  }),
);

describe('queryRows', () => {
  it('finds and sorts the rows that a plain filter and sort do', async () => {
    const query = table.chain(({ count, columns }) =>
      fc.record({
        count: fc.constant(count),
        columns: fc.constant(columns),
        conditions: fc.tuple(...columns.map(({ cells }) => fc.option(conditionFor(cells)))),
        isDescending: fc.boolean(),
        hidden: fc.nat(40),
      }),
    );
    await fc.assert(
      fc.asyncProperty(query, async ({ count, columns, conditions, isDescending, hidden }) => {
        const [first] = columns as [TestColumn];
        const found = await queryRows({
          ...everything(count),
          isKept: (row) => row !== hidden,
          conditions: columns.flatMap(({ cells }, at) => {
            const condition = conditions[at] ?? null;
            return condition === null ? [] : [{ cells, condition }];
          }),
          order: { cells: first.cells, isDescending },
        });
        const expected = Array.from({ length: count }, (_, row) => row)
          .filter((row) => row !== hidden)
          .filter((row) =>
            columns.every((column, at) => {
              const condition = conditions[at] ?? null;
              return condition === null || meets(column, row, condition);
            }),
          );
        expect(Array.from(found)).toEqual(sorted(expected, first, isDescending));
      }),
    );
  });

  it('searches every text and category, whatever the case, and nothing for blanks', async () => {
    const cells = [
      texts(['beta', 'Alpha', null]).cells,
      categories([0, 1, 1]).cells,
      numbers([1, 2, 3]).cells,
    ];
    const rows = async (text: string): Promise<number[]> =>
      Array.from(await queryRows({ ...everything(3), search: { text, cells } }));
    expect([await rows('NEURAL'), await rows('ta'), await rows('1'), await rows('  ')]).toEqual([
      [1, 2],
      [0],
      [],
      [0, 1, 2],
    ]);
  });

  it('sorts ids as numbers when all are integers, else by code point', async () => {
    const order = async (ids: readonly string[]): Promise<string[]> => {
      const ofIds = utf8Table(ids);
      const cells: Cells = { kind: 'text', table: () => ofIds, at: (row) => row, areIds: true };
      const rows = await queryRows({ ...everything(ids.length), order: { cells, isDescending: false } });
      return Array.from(rows, (row) => ids[row] as string);
    };
    expect(await order(['10', '9', '-2', '1'])).toEqual(['-2', '1', '9', '10']);
    expect(await order(['10', '9', '', 'x'])).toEqual(['', '10', '9', 'x']);
    expect(await order(['10', '-', '9'])).toEqual(['-', '10', '9']);
    // Beyond 15 digits numbers are no longer exact.
    expect(await order(['9', '1234567890123456'])).toEqual(['1234567890123456', '9']);
  });

  it('has no order and no value for vectors, which can only be missing', async () => {
    const { cells } = {
      cells: columnCells({
        ...base([1, null, 1]),
        kind: 'vector',
        width: 1,
        values: Float32Array.of(3, 2, 1),
      }),
    };
    const rows = async (condition: Condition | null): Promise<number[]> =>
      Array.from(
        await queryRows({
          ...everything(3),
          conditions: condition === null ? [] : [{ cells, condition }],
          order: { cells, isDescending: true },
        }),
      );
    expect(await rows(null)).toEqual([0, 1, 2]);
    expect(await rows({ kind: 'missing' })).toEqual([1]);
    expect(await rows({ kind: 'present' })).toEqual([0, 2]);
    expect(await rows({ kind: 'equals', value: 3 })).toEqual([]);
  });

  it('lets other work through while it sorts, and stops when nobody wants it any more', async () => {
    const count = 200_000;
    const values = Float64Array.from({ length: count }, (_, row) => (row * 7919) % count);
    const cells: Cells = { kind: 'number', value: (row) => values[row] as number };
    const query: TableQuery = { ...everything(count), order: { cells, isDescending: false } };
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const rows = await queryRows(query);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(rows.every((row, at) => values[row] === at)).toBe(true);

    const abort = new AbortController();
    const running = queryRows(query, abort.signal);
    abort.abort();
    await expect(running).rejects.toThrow(new CancelledError('The query of the table'));
  });
});

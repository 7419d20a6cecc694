import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../bitset.ts';
import { cellText, type Column, isValid } from '../columns.ts';
import { InvalidGraphError, LimitError, ParameterError } from '../errors.ts';
import type { Graph } from '../graph.ts';
import { buildGraph, hashGraph } from '../graphBuilder.ts';
import { utf8Table } from '../utf8Table.ts';
import { parseBoolean, parseDate, parseNumber, parseVector } from './cellText.ts';
import { type ConvertibleKind, convertColumn, retypeColumn } from './convertColumn.ts';
import { dropColumn, putColumn, renameColumn, type TableRef } from './graphTables.ts';
import { renameNodeType, renameRelation } from './renameTypes.ts';

const texts = (cells: readonly string[], name = 't'): Column => ({
  kind: 'text',
  name,
  length: cells.length,
  validity: null,
  text: utf8Table(cells),
});
const doubles = (values: readonly number[], name = 'x'): Column => ({
  kind: 'f64',
  name,
  length: values.length,
  validity: null,
  values: Float64Array.from(values),
});

function sample(): Graph {
  return buildGraph({
    name: 'g',
    nodeTables: [
      { type: 'paper', columns: [texts(['1', 'b']), doubles([1, 2])], count: 2 },
      { type: 'author', columns: [], count: 1 },
    ],
    nodeIds: utf8Table(['p0', 'p1', 'a0']),
    edgeTypes: [
      { relation: 'cites', sourceType: 0, targetType: 0, directed: true },
      { relation: 'writes', sourceType: 1, targetType: 0, directed: true },
      { relation: 'likes', sourceType: 1, targetType: 0, directed: true },
    ],
    source: Int32Array.of(0, 2, 2),
    target: Int32Array.of(1, 0, 1),
    edgeType: Int32Array.of(0, 1, 2),
    edgeColumns: [doubles([1, 2, 3], 'w')],
  });
}
const papers: TableRef = { kind: 'nodes', type: 'paper' };
const edges: TableRef = { kind: 'edges' };

describe('schema edits', () => {
  it('make a new version that shares untouched columns and leaves the old one alone', () => {
    const before = sample();
    const version = before.version;
    const after = renameColumn(before, papers, 't', 'title');
    expect(after.nodeTypes[0]?.columns.map((column) => column.name)).toEqual(['title', 'x']);
    expect(after.nodeTypes[0]?.columns[1]).toBe(before.nodeTypes[0]?.columns[1]);
    expect(after.source).toBe(before.source);
    expect(after.version).not.toBe(version);
    expect(after.version).toBe(hashGraph(after));
    expect(before.nodeTypes[0]?.columns[0]?.name).toBe('t');
    expect(renameColumn(after, papers, 'title', 't').version).toBe(version);
  });

  it('put, replace and drop columns of nodes and edges', () => {
    const wide = putColumn(sample(), edges, doubles([7, 8, 9], 'v'));
    expect(wide.edgeColumns.map((column) => column.name)).toEqual(['w', 'v']);
    const replaced = putColumn(wide, edges, doubles([0, 0, 0], 'w'), { replace: true });
    expect(replaced.edgeColumns[0]).toMatchObject({ name: 'w', values: Float64Array.of(0, 0, 0) });
    expect(dropColumn(wide, edges, 'v').version).toBe(sample().version);
    expect(dropColumn(sample(), papers, 't').nodeTypes[0]?.columns).toHaveLength(1);
  });

  it('refuse names that are taken, empty or unknown', () => {
    const refused = (attempt: () => unknown, code: string, remedy?: string): void => {
      expect(attempt).toThrow(InvalidGraphError);
      expect(attempt).toThrow(
        expect.objectContaining(remedy === undefined ? { code } : { code, remedy }) as Error,
      );
    };
    refused(() => renameColumn(sample(), papers, 't', 'x'), 'duplicate-column');
    refused(() => renameColumn(sample(), papers, 't', ''), 'empty-name');
    refused(() => renameColumn(sample(), papers, 'y', 'z'), 'unknown-column', "Did you mean 't', 'x'?");
    refused(() => putColumn(sample(), edges, doubles([1, 2, 3], 'w')), 'duplicate-column');
    refused(() => putColumn(sample(), edges, doubles([1], 'v')), 'column-length');
    refused(() => dropColumn(sample(), { kind: 'nodes', type: 'papers' }, 't'), 'unknown-node-type');
    refused(() => renameNodeType(sample(), 'paper', 'author'), 'duplicate-type');
    refused(() => renameNodeType(sample(), 'paper', ''), 'empty-name');
    refused(() => renameRelation(sample(), 'likes', 'writes'), 'duplicate-relation');
    refused(() => renameRelation(sample(), 'liked', 'x'), 'unknown-relation');
  });

  it('rename node types and relations; relations between other types may share a name', () => {
    expect(renameNodeType(sample(), 'paper', 'article').nodeTypes.map((type) => type.name)).toEqual([
      'article',
      'author',
    ]);
    const renamed = renameRelation(sample(), 'likes', 'cites');
    expect(renamed.edgeTypes.relation).toEqual(['cites', 'writes', 'cites']);
    expect(renameNodeType(sample(), 'paper', 'paper').version).toBe(sample().version);
  });

  it('retype a column in place and say what was lost', () => {
    const { graph, numLost, examples } = retypeColumn(sample(), papers, 't', 'i32');
    expect({ numLost, examples }).toEqual({ numLost: 1, examples: ['b'] });
    const column = graph.nodeTypes[0]?.columns[0] as Column;
    expect(column.kind).toBe('i32');
    expect([isValid(column, 0), isValid(column, 1)]).toEqual([true, false]);
  });
});

describe('convertColumn', () => {
  it('gives text and categories of any numbers back (property)', () => {
    const exact: [ConvertibleKind, fc.Arbitrary<number>][] = [
      ['i32', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
      ['f64', fc.double({ noNaN: true, noDefaultInfinity: true })],
      ['bool', fc.integer({ min: 0, max: 1 })],
      ['date', fc.integer({ min: -62135596800000, max: 253402300799999 })],
    ];
    for (const [kind, values] of exact) {
      fc.assert(
        fc.property(
          fc.array(values, { maxLength: 20 }),
          fc.constantFrom('text', 'category'),
          (cells, words) => {
            // Negative zero is displayed as 0.
            const column = convertColumn(doubles(cells.map((value) => value + 0)), kind).column;
            const back = convertColumn(convertColumn(column, words as 'text').column, kind);
            expect(back.numLost).toBe(0);
            const shown = (of: Column) => cells.map((_, row) => cellText(of, row));
            expect(shown(back.column)).toEqual(shown(column));
            expect(back.column).toMatchObject({ kind, length: cells.length, validity: null });
          },
        ),
      );
    }
  });

  it('keeps what a kind holds, loses the rest, and every present cell is one or the other (property)', () => {
    const kinds = fc.constantFrom<ConvertibleKind>('bool', 'i32', 'f32', 'f64', 'date');
    const cells = fc.array(
      fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(0, 1)),
    );
    fc.assert(
      fc.property(cells, kinds, (values, kind) => {
        const { column, numLost } = convertColumn(doubles(values), kind);
        const present = values.flatMap((value, row) => (isValid(column, row) ? [[row, value] as const] : []));
        expect(present.length + numLost).toBe(values.length);
        for (const [row, value] of present) {
          const received = (column as { values: ArrayLike<number> }).values[row] as number;
          expect(received).toBe(kind === 'f32' ? Math.fround(value) : kind === 'i32' ? value | 0 : value);
        }
      }),
    );
  });

  it('parses text, with a decimal comma when asked; blanks were never values', () => {
    const cells = texts(['1.5', ' 2 ', '', 'x', '1,5', '1e400']);
    const { column, numLost, examples } = convertColumn(cells, 'f64');
    expect({ numLost, examples }).toEqual({ numLost: 3, examples: ['x', '1,5', '1e400'] });
    expect([0, 1, 2, 3].map((row) => isValid(column, row))).toEqual([true, true, false, false]);
    const comma = convertColumn(texts(['1,5', '2', '1.5']), 'f32', { decimalComma: true });
    expect(comma.column).toMatchObject({ values: Float32Array.of(1.5, 2, 0) });
    expect(comma.examples).toEqual(['1.5']);
  });

  it('reads numbers as dates in the unit given', () => {
    const read = (value: number, timeUnit: 'seconds' | 'years'): string =>
      cellText(convertColumn(doubles([value]), 'date', { timeUnit }).column, 0);
    expect(read(86400, 'seconds')).toBe('1970-01-02T00:00:00.000Z');
    expect(read(1999, 'years')).toBe('1999-01-01T00:00:00.000Z');
    expect(read(50, 'years')).toBe('0050-01-01T00:00:00.000Z');
    expect(convertColumn(doubles([9e15, 1999.5]), 'date', { timeUnit: 'years' }).numLost).toBe(2);
  });

  it('reads vectors of one width', () => {
    const { column, numLost } = convertColumn(texts(['[1, 2]', '3;4', '5 6', '7', '1,x', '']), 'vector');
    expect(column).toMatchObject({ kind: 'vector', width: 2 });
    expect((column as { values: Float32Array }).values.slice(0, 6)).toEqual(
      Float32Array.of(1, 2, 3, 4, 5, 6),
    );
    expect(numLost).toBe(2);
    const comma = convertColumn(texts(['1,5; 2']), 'vector', { decimalComma: true });
    expect(comma.column).toMatchObject({ values: Float32Array.of(1.5, 2) });
  });

  it('keeps missing cells missing and does not touch a column of the kind', () => {
    const column: Column = { ...doubles([1, 2]), validity: bitsetOf(2, [1]) };
    expect(convertColumn(column, 'f64').column).toBe(column);
    const words = convertColumn(column, 'category').column;
    expect([cellText(words, 0), cellText(words, 1)]).toEqual(['', '2']);
    expect(convertColumn(column, 'text').column).toMatchObject({ validity: bitsetOf(2, [1]) });
  });

  it('orders categories of numbers by value', () => {
    const { column } = convertColumn(doubles([10, 9, 10]), 'category');
    expect(column).toMatchObject({ dictionary: ['9', '10'], codes: Int32Array.of(1, 0, 1) });
  });

  it('refuses kinds that have no meaning and sizes that have no room', () => {
    const vector = convertColumn(texts(['1 2']), 'vector').column;
    expect(() => convertColumn(vector, 'f64')).toThrow(ParameterError);
    expect(() => convertColumn(doubles([1]), 'vector')).toThrow(ParameterError);
    const many = doubles(Array.from({ length: 100_001 }, (_, row) => row));
    expect(() => convertColumn(many, 'category')).toThrow(LimitError);
  });
});

describe('cells as text', () => {
  it('are numbers only as a whole and only finite', () => {
    const read = ['1', '-1.5e3', '.5', '5.', '+2', '0x10', '1e', '', 'Infinity', '1 2', '1e999', '1_000'];
    expect(read.map((text) => parseNumber(text))).toEqual([
      1,
      -1500,
      0.5,
      5,
      2,
      ...new Array<number>(7).fill(Number.NaN),
    ]);
  });

  it('are booleans by a few words', () => {
    expect(['TRUE', 'no', ' 1 ', 'maybe', '2'].map(parseBoolean)).toEqual([1, 0, 1, Number.NaN, Number.NaN]);
  });

  it('are dates when the day exists', () => {
    expect(parseDate('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
    expect(parseDate('2024-02-29 12:30')).toBe(Date.UTC(2024, 1, 29, 12, 30));
    expect(parseDate('2024-02-29T12:30:00+01:00')).toBe(Date.UTC(2024, 1, 29, 11, 30));
    expect(['2023-02-29', '2024-13-01', '29.2.2024', '2024', '2024-01-01T99:00'].map(parseDate)).toEqual(
      new Array(5).fill(Number.NaN),
    );
  });

  it('are no vectors when a part is no number', () => {
    expect(['', '[]', '1,,2', '[1, two]', '1e39'].map((text) => parseVector(text))).toEqual(
      new Array(5).fill(null),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetIndices, bitsetOf, clearBit, countBits, createBitset, hasBit } from './bitset.ts';
import { permuteColumn } from './columnPermutation.ts';
import { cellText, type Column, isValid } from './columns.ts';
import { utf8At, utf8Strings, utf8Table } from './utf8Table.ts';

describe('bitset', () => {
  it('holds exactly its members (property)', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(99)), (members) => {
        const set = bitsetOf(100, members);
        expect([...bitsetIndices(set)]).toEqual([...members].sort((a, b) => a - b));
        expect(countBits(set)).toBe(members.length);
        const first = members[0];
        if (first !== undefined) clearBit(set, first);
        expect(hasBit(set, first ?? 0)).toBe(false);
      }),
    );
  });

  it('counts no bit beyond its length when filled', () => {
    expect(countBits(createBitset(13, true))).toBe(13);
  });
});

describe('utf8Table', () => {
  it('gives every string back (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (strings) => {
        expect(utf8Strings(utf8Table(strings))).toEqual(strings);
      }),
    );
  });

  it('decodes a single row, also an empty one', () => {
    const table = utf8Table(['ä', '', '漢字']);
    expect([0, 1, 2].map((row) => utf8At(table, row))).toEqual(['ä', '', '漢字']);
  });
});

const columns: readonly Column[] = [
  { kind: 'f32', name: 'a', length: 3, validity: bitsetOf(3, [0, 2]), values: Float32Array.of(0.1, 0, 3) },
  { kind: 'bool', name: 'b', length: 3, validity: null, values: Uint8Array.of(1, 0, 1) },
  {
    kind: 'category',
    name: 'c',
    length: 3,
    validity: null,
    codes: Int32Array.of(1, 0, 1),
    dictionary: ['x', 'y'],
  },
  { kind: 'text', name: 'd', length: 3, validity: null, text: utf8Table(['one', 'two', 'three']) },
  { kind: 'date', name: 'e', length: 3, validity: null, values: Float64Array.of(0, 1, 2) },
  {
    kind: 'vector',
    name: 'f',
    length: 3,
    validity: null,
    width: 2,
    values: Float32Array.of(1, 2, 3, 4, 5, 6),
  },
  {
    kind: 'sparse',
    name: 'g',
    length: 3,
    validity: null,
    width: 9,
    rowPtr: Int32Array.of(0, 2, 2, 3),
    colIndex: Int32Array.of(0, 4, 8),
    values: Float32Array.of(1, 2, 3),
  },
];

describe('cellText', () => {
  it('reads every kind as a person would, and nothing where a cell is missing', () => {
    expect(columns.map((column) => cellText(column, 0))).toEqual([
      '0.1',
      'true',
      'y',
      'one',
      '1970-01-01T00:00:00.000Z',
      '2 values',
      '2 of 9 set',
    ]);
    expect(cellText(columns[0] as Column, 1)).toBe('');
  });
});

describe('permuteColumn', () => {
  it('moves cells, validity and sparse rows together', () => {
    const perm = Int32Array.of(2, 0, 1);
    for (const column of columns) {
      const moved = permuteColumn(column, perm);
      expect([0, 1, 2].map((row) => cellText(moved, row))).toEqual(
        [...perm].map((row) => cellText(column, row)),
      );
    }
    expect(permuteColumn(columns[6] as Column, perm)).toMatchObject({
      rowPtr: Int32Array.of(0, 1, 3, 3),
      colIndex: Int32Array.of(8, 0, 4),
    });
  });

  it('repeats rows, leaves rows out, and has missing ones at -1', () => {
    const perm = Int32Array.of(-1, 2, 2, 0);
    for (const column of columns) {
      const moved = permuteColumn(column, perm);
      expect(isValid(moved, 0)).toBe(false);
      expect([1, 2, 3].map((row) => cellText(moved, row))).toEqual(
        [2, 2, 0].map((row) => cellText(column, row)),
      );
    }
  });
});

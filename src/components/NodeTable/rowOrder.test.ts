import { describe, expect, it } from 'vitest';
import type { CategoryColumn, F64Column, TextColumn } from '../../core/columns.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { columnKeys, idKeys, orderRows, rowFilter, type SortKeys } from './rowOrder.ts';

const numbers: F64Column = {
  kind: 'f64',
  name: 'x',
  length: 4,
  validity: { length: 4, bits: Uint8Array.of(0b1101) },
  values: Float64Array.of(3, 0, 1, 3),
};
const topics: CategoryColumn = {
  kind: 'category',
  name: 'topic',
  length: 4,
  validity: null,
  codes: Int32Array.of(1, 0, 1, 0),
  dictionary: ['Theory', 'Neural'],
};
const titles: TextColumn = {
  kind: 'text',
  name: 'title',
  length: 4,
  validity: { length: 4, bits: Uint8Array.of(0b0111) },
  text: utf8Table(['beta', 'alpha', 'Gamma', '']),
};
const ids = utf8Table(['other', '10', '9', '2', '1']);

function keysOf(column: Parameters<typeof columnKeys>[0]): SortKeys {
  const keys = columnKeys(column);
  if (keys === null) throw new Error('no order');
  return keys;
}

describe('orderRows', () => {
  it('sorts numbers with missing last in both directions and ties in row order', () => {
    const keys = keysOf(numbers);
    expect(Array.from(orderRows(4, null, { keys, isDescending: false }))).toEqual([2, 0, 3, 1]);
    expect(Array.from(orderRows(4, null, { keys, isDescending: true }))).toEqual([0, 3, 2, 1]);
  });

  it('sorts categories by dictionary order and text by code point', () => {
    expect(Array.from(orderRows(4, null, { keys: keysOf(topics), isDescending: false }))).toEqual([
      1, 3, 0, 2,
    ]);
    expect(Array.from(orderRows(4, null, { keys: keysOf(titles), isDescending: false }))).toEqual([
      2, 1, 0, 3,
    ]);
  });

  it('sorts ids as numbers when all are integers, else as text', () => {
    const order = (start: number, count: number) =>
      Array.from(orderRows(count, null, { keys: idKeys(ids, start, count), isDescending: false }));
    expect([order(1, 4), order(0, 5)]).toEqual([
      [3, 2, 1, 0],
      [4, 1, 3, 2, 0],
    ]);
  });

  it('has no order for vectors', () => {
    expect(
      columnKeys({
        kind: 'vector',
        name: 'v',
        length: 1,
        validity: null,
        width: 1,
        values: Float32Array.of(1),
      }),
    ).toBeNull();
  });
});

describe('rowFilter', () => {
  it('finds ids, categories and texts, whatever their case', () => {
    const rows = (search: string) =>
      Array.from(orderRows(4, rowFilter(search, ids, 1, [topics, titles]), null));
    expect([rows('neural'), rows('GAMMA'), rows('10'), rows(' '), rows('nothing')]).toEqual([
      [0, 2],
      [2],
      [0],
      [0, 1, 2, 3],
      [],
    ]);
  });
});

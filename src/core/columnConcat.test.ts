import { describe, expect, it } from 'vitest';
import { bitsetOf } from './bitset.ts';
import { concatColumns } from './columnConcat.ts';
import { cellText, type Column } from './columns.ts';
import { utf8Table } from './utf8Table.ts';

const base = { name: 'c', length: 2, validity: null };
const f32: Column = { ...base, kind: 'f32', values: Float32Array.of(1.5, 2) };
const i32: Column = { ...base, kind: 'i32', values: Int32Array.of(7, 8), validity: bitsetOf(2, [1]) };
const f64: Column = { ...base, kind: 'f64', values: Float64Array.of(0.1, 4) };
const bool: Column = { ...base, kind: 'bool', values: Uint8Array.of(1, 0) };
const date: Column = { ...base, kind: 'date', values: Float64Array.of(0, 86_400_000) };
const category: Column = { ...base, kind: 'category', codes: Int32Array.of(1, 0), dictionary: ['b', 'd'] };
const text: Column = { ...base, kind: 'text', text: utf8Table(['é', 'some words']) };
const vector: Column = { ...base, kind: 'vector', width: 2, values: Float32Array.of(1, 2, 3, 4) };
const sparse: Column = {
  ...base,
  kind: 'sparse',
  width: 4,
  rowPtr: Int32Array.of(0, 2, 3),
  colIndex: Int32Array.of(0, 3, 1),
  values: Float32Array.of(1, 1, 5),
};
const cells = (column: Column | null): string[] | null =>
  column === null ? null : Array.from({ length: column.length }, (_, row) => cellText(column, row));

describe('concatColumns', () => {
  it.each([f32, i32, f64, bool, date, category, text, vector, sparse])('puts $kind under $kind', (column) => {
    const both = concatColumns(column, column);
    expect(both?.kind).toBe(column.kind);
    expect(cells(both)).toEqual([...(cells(column) ?? []), ...(cells(column) ?? [])]);
  });

  it('orders the categories of both', () => {
    const other: Column = { ...base, kind: 'category', codes: Int32Array.of(0, 1), dictionary: ['c', 'd'] };
    const both = concatColumns(category, other);
    expect(both).toMatchObject({ dictionary: ['b', 'c', 'd'], codes: Int32Array.of(2, 0, 1, 2) });
  });

  it.each([
    ['f64', f32, i32],
    ['f64', i32, f64],
    ['text', bool, text],
    ['category', f64, category],
    ['text', date, bool],
  ] as const)('meets as %s', (kind, a, b) => {
    const both = concatColumns(a, b);
    expect(both?.kind).toBe(kind);
    expect(cells(both)).toEqual([...(cells(a) ?? []), ...(cells(b) ?? [])]);
  });

  it('keeps sparse rows where they are, in the wider of both', () => {
    expect(concatColumns(sparse, { ...sparse, width: 9 } as Column)).toMatchObject({
      width: 9,
      rowPtr: Int32Array.of(0, 2, 3, 5, 6),
      colIndex: Int32Array.of(0, 3, 1, 0, 3, 1),
    });
  });

  it('refuses what no kind holds', () => {
    const wide: Column = { ...base, kind: 'vector', width: 1, values: Float32Array.of(1, 2) };
    expect([concatColumns(vector, wide), concatColumns(vector, f32), concatColumns(text, sparse)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

/** Short-hand columns for the tests of this folder. */
import { bitsetOf } from '../../core/bitset.ts';
import type { CategoryColumn, Column, SparseColumn } from '../../core/columns.ts';
import { utf8Table } from '../../core/utf8Table.ts';

const validityOf = (cells: readonly unknown[]) =>
  cells.includes(null)
    ? bitsetOf(
        cells.length,
        cells.flatMap((cell, row) => (cell === null ? [] : [row])),
      )
    : null;

/** A cell of null is missing. */
export const numbers = (name: string, cells: readonly (number | null)[]): Column => ({
  kind: 'f64',
  name,
  length: cells.length,
  validity: validityOf(cells),
  values: Float64Array.from(cells, (cell) => cell ?? 0),
});

export const flags = (name: string, cells: readonly (boolean | null)[]): Column => ({
  kind: 'bool',
  name,
  length: cells.length,
  validity: validityOf(cells),
  values: Uint8Array.from(cells, (cell) => (cell === true ? 1 : 0)),
});

export const dates = (name: string, cells: readonly (string | null)[]): Column => ({
  kind: 'date',
  name,
  length: cells.length,
  validity: validityOf(cells),
  values: Float64Array.from(cells, (cell) => (cell === null ? 0 : Date.parse(cell))),
});

export const categories = (
  name: string,
  cells: readonly (string | null)[],
  dictionary: readonly string[] = [...new Set(cells.filter((cell) => cell !== null))].sort(),
): CategoryColumn => ({
  kind: 'category',
  name,
  length: cells.length,
  validity: validityOf(cells),
  codes: Int32Array.from(cells, (cell) => dictionary.indexOf(cell ?? '')),
  dictionary,
});

export const texts = (name: string, cells: readonly (string | null)[]): Column => ({
  kind: 'text',
  name,
  length: cells.length,
  validity: validityOf(cells),
  text: utf8Table(cells.map((cell) => cell ?? '')),
});

/** One row of components each, or null. */
export const vectors = (
  name: string,
  rows: readonly (readonly number[] | null)[],
  width: number,
): Column => ({
  kind: 'vector',
  name,
  length: rows.length,
  validity: validityOf(rows),
  width,
  values: Float32Array.from(rows.flatMap((row) => [...(row ?? new Array<number>(width).fill(0))])),
});

/** Each row as [column, value] pairs. */
export const bags = (
  name: string,
  rows: readonly (readonly (readonly [number, number])[])[],
  width: number,
): SparseColumn => {
  const rowPtr = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => {
    rowPtr[index + 1] = (rowPtr[index] as number) + row.length;
  });
  return {
    kind: 'sparse',
    name,
    length: rows.length,
    validity: null,
    width,
    rowPtr,
    colIndex: Int32Array.from(rows.flat(), ([column]) => column),
    values: Float32Array.from(rows.flat(), ([, value]) => value),
  };
};

/**
 * Reordering of columns: row i of the result is row `perm[i]` of the input, or missing where `perm[i]` is -1. Used when
 * edges are sorted by type and when tables are joined by id.
 */
import { createBitset, hasBit, setBit, type Bitset } from './bitset.ts';
import { allocateFloat32, allocateFloat64, allocateInt32, allocateUint8 } from './buffers.ts';
import type { Column, SparseColumn } from './columns.ts';
import { createUtf8Builder } from './utf8Table.ts';

function permuteInto<T extends { [index: number]: number }>(values: T, perm: Int32Array, out: T): T {
  for (let row = 0; row < perm.length; row++) out[row] = values[perm[row] as number] ?? 0;
  return out;
}

function permuteValidity(validity: Bitset | null, perm: Int32Array): Bitset | null {
  if (validity === null && !perm.includes(-1)) return null;
  const out = createBitset(perm.length);
  for (let row = 0; row < perm.length; row++) {
    const from = perm[row] as number;
    if (from >= 0 && (validity === null || hasBit(validity, from))) setBit(out, row);
  }
  return out;
}

/** Returns the column with its rows reordered, left out, repeated or missing as `perm` says. O(cells of the result). */
export function permuteColumn(column: Column, perm: Int32Array): Column {
  const length = perm.length;
  const base = { name: column.name, length, validity: permuteValidity(column.validity, perm) };
  switch (column.kind) {
    case 'f32':
      return { ...base, kind: 'f32', values: permuteInto(column.values, perm, allocateFloat32(length)) };
    case 'f64':
    case 'date':
      return {
        ...base,
        kind: column.kind,
        values: permuteInto(column.values, perm, allocateFloat64(length)),
      };
    case 'i32':
      return { ...base, kind: 'i32', values: permuteInto(column.values, perm, allocateInt32(length)) };
    case 'bool':
      return { ...base, kind: 'bool', values: permuteInto(column.values, perm, allocateUint8(length)) };
    case 'category':
      return {
        ...base,
        kind: 'category',
        dictionary: column.dictionary,
        codes: permuteInto(column.codes, perm, allocateInt32(length)),
      };
    case 'text': {
      const builder = createUtf8Builder();
      const { bytes, offsets } = column.text;
      for (const row of perm) {
        if (row < 0) builder.push('');
        else builder.pushBytes(bytes, offsets[row] as number, offsets[row + 1] as number);
      }
      return { ...base, kind: 'text', text: builder.finish() };
    }
    case 'vector': {
      const values = allocateFloat32(length * column.width);
      perm.forEach((from, row) => {
        if (from < 0) return;
        values.set(
          column.values.subarray(from * column.width, (from + 1) * column.width),
          row * column.width,
        );
      });
      return { ...base, kind: 'vector', width: column.width, values };
    }
    case 'sparse':
      return { ...base, kind: 'sparse', width: column.width, ...permuteSparse(column, perm) };
    default:
      return column satisfies never;
  }
}

function permuteSparse(
  column: SparseColumn,
  perm: Int32Array,
): Pick<SparseColumn, 'rowPtr' | 'colIndex' | 'values'> {
  const startOf = (row: number): number => column.rowPtr[row] as number;
  const rowPtr = allocateInt32(perm.length + 1);
  perm.forEach((from, row) => {
    const stored = from < 0 ? 0 : startOf(from + 1) - startOf(from);
    rowPtr[row + 1] = (rowPtr[row] as number) + stored;
  });
  const numStored = rowPtr[perm.length] as number;
  const colIndex = allocateInt32(numStored);
  const values = allocateFloat32(numStored);
  perm.forEach((from, row) => {
    if (from < 0) return;
    const at = rowPtr[row] as number;
    colIndex.set(column.colIndex.subarray(startOf(from), startOf(from + 1)), at);
    values.set(column.values.subarray(startOf(from), startOf(from + 1)), at);
  });
  return { rowPtr, colIndex, values };
}

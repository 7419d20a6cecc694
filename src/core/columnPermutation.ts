/** Reordering of columns: row i of the result is row `perm[i]` of the input. Used when edges are sorted by type. */
import { createBitset, hasBit, setBit, type Bitset } from './bitset.ts';
import { allocateFloat32, allocateFloat64, allocateInt32, allocateUint8 } from './buffers.ts';
import type { Column } from './columns.ts';
import { createUtf8Builder } from './utf8Table.ts';

function permuteInto<T extends { [index: number]: number }>(values: T, perm: Int32Array, out: T): T {
  for (let row = 0; row < perm.length; row++) out[row] = values[perm[row] as number] as number;
  return out;
}

function permuteValidity(validity: Bitset | null, perm: Int32Array): Bitset | null {
  if (validity === null) return null;
  const out = createBitset(perm.length);
  for (let row = 0; row < perm.length; row++) if (hasBit(validity, perm[row] as number)) setBit(out, row);
  return out;
}

/** Returns the column with its rows reordered. O(cells). */
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
      for (const row of perm) {
        builder.pushBytes(
          column.text.bytes,
          column.text.offsets[row] as number,
          column.text.offsets[row + 1] as number,
        );
      }
      return { ...base, kind: 'text', text: builder.finish() };
    }
    case 'vector': {
      const values = allocateFloat32(length * column.width);
      perm.forEach((from, row) => {
        values.set(
          column.values.subarray(from * column.width, (from + 1) * column.width),
          row * column.width,
        );
      });
      return { ...base, kind: 'vector', width: column.width, values };
    }
    case 'sparse': {
      const rowPtr = allocateInt32(length + 1);
      const colIndex = allocateInt32(column.colIndex.length);
      const values = allocateFloat32(column.values.length);
      perm.forEach((from, row) => {
        const start = column.rowPtr[from] as number;
        const end = column.rowPtr[from + 1] as number;
        const at = rowPtr[row] as number;
        colIndex.set(column.colIndex.subarray(start, end), at);
        values.set(column.values.subarray(start, end), at);
        rowPtr[row + 1] = at + end - start;
      });
      return { ...base, kind: 'sparse', width: column.width, rowPtr, colIndex, values };
    }
    default:
      return column satisfies never;
  }
}

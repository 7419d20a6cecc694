/** Lengthens a column by missing rows: what the edges of a new type have in the columns of the others. */
import { createBitset, hasBit, setBit } from '../bitset.ts';
import {
  allocateFloat32,
  allocateFloat64,
  allocateInt32,
  allocateUint32,
  allocateUint8,
} from '../buffers.ts';
import type { Column } from '../columns.ts';

/** Returns the column with `length` rows; the new ones at its end are missing. O(cells). */
export function extendColumn(column: Column, length: number): Column {
  const validity = createBitset(length);
  for (let row = 0; row < column.length; row++) {
    if (column.validity === null || hasBit(column.validity, row)) setBit(validity, row);
  }
  const base = { name: column.name, length, validity };
  switch (column.kind) {
    case 'f32':
      return { ...base, kind: 'f32', values: copyInto(allocateFloat32(length), column.values) };
    case 'f64':
    case 'date':
      return { ...base, kind: column.kind, values: copyInto(allocateFloat64(length), column.values) };
    case 'i32':
      return { ...base, kind: 'i32', values: copyInto(allocateInt32(length), column.values) };
    case 'bool':
      return { ...base, kind: 'bool', values: copyInto(allocateUint8(length), column.values) };
    case 'category':
      return {
        ...base,
        kind: 'category',
        dictionary: column.dictionary,
        codes: copyInto(allocateInt32(length), column.codes),
      };
    case 'text': {
      const offsets = copyInto(allocateUint32(length + 1), column.text.offsets);
      offsets.fill(column.text.offsets[column.length] as number, column.length + 1);
      return { ...base, kind: 'text', text: { length, bytes: column.text.bytes, offsets } };
    }
    case 'vector': {
      const values = copyInto(allocateFloat32(length * column.width), column.values);
      return { ...base, kind: 'vector', width: column.width, values };
    }
    case 'sparse': {
      const rowPtr = copyInto(allocateInt32(length + 1), column.rowPtr);
      rowPtr.fill(column.rowPtr[column.length] as number, column.length + 1);
      const { width, colIndex, values } = column;
      return { ...base, kind: 'sparse', width, rowPtr, colIndex, values };
    }
    default:
      return column satisfies never;
  }
}

function copyInto<T extends { set(from: ArrayLike<number>): void }>(to: T, from: ArrayLike<number>): T {
  to.set(from);
  return to;
}

/** Columns from numbers that are known to be numbers: the narrowest kind that holds them, classes, vectors. */
import { type Bitset, clearBit, createBitset, setBit } from '../../core/bitset.ts';
import {
  allocateFloat32,
  allocateFloat64,
  allocateInt32,
  allocateUint32,
  allocateUint8,
} from '../../core/buffers.ts';
import { type CategoryColumn, type Column, isValid, type VectorColumn } from '../../core/columns.ts';
import { denseFeatures, finiteRows } from '../native/featureColumn.ts';
import type { NoticeList } from '../notices.ts';
import { MAX_CATEGORIES } from '../../core/categoryRules.ts';
import { FLOAT32_DIGITS } from '../tables/columnInference.ts';

/** What a file says about its numbers; `bool` and `integer` hold only where every value is one. */
export type NumberKind = 'bool' | 'integer' | 'float32' | 'float64';

export type Numbers = Float64Array | Float32Array | Int32Array;

const MAX_FLOAT32 = 3e38;
const MIN_FLOAT32 = 1e-37;

/** The kind in which decimals of so many digits are kept, as in columns of tables. */
export const decimalKind = (maxDigits: number): NumberKind =>
  maxDigits <= FLOAT32_DIGITS ? 'float32' : 'float64';

function validityOf(values: Numbers): Bitset | null {
  let validity: Bitset | null = null;
  for (let row = 0; row < values.length; row++) {
    if (Number.isFinite(values[row] as number)) continue;
    validity ??= createBitset(values.length, true);
    clearBit(validity, row);
  }
  return validity;
}

/**
 * Returns a column of one number per row; NaN and infinite values are missing. Integers beyond 32 bits and floats beyond
 * the range of float32 become f64. O(rows).
 */
export function numberColumn(name: string, values: Numbers, kind: NumberKind): Column {
  const { length } = values;
  const base = { name, length, validity: validityOf(values) };
  let isInt32 = true;
  let isBool = true;
  let fitsFloat32 = true;
  for (let row = 0; row < length; row++) {
    const value = values[row] as number;
    if (!Number.isFinite(value)) continue;
    if ((value | 0) !== value) isInt32 = false;
    if (value !== 0 && value !== 1) isBool = false;
    const magnitude = Math.abs(value);
    if (magnitude > MAX_FLOAT32 || (magnitude < MIN_FLOAT32 && value !== 0)) fitsFloat32 = false;
  }
  if (kind === 'bool' && isBool)
    return { ...base, kind: 'bool', values: finite(values, allocateUint8(length)) };
  if ((kind === 'integer' || kind === 'bool') && isInt32) {
    return { ...base, kind: 'i32', values: finite(values, allocateInt32(length)) };
  }
  return kind === 'float32' && fitsFloat32
    ? { ...base, kind: 'f32', values: finite(values, allocateFloat32(length)) }
    : { ...base, kind: 'f64', values: finite(values, allocateFloat64(length)) };
}

function finite<T extends { [index: number]: number }>(values: Numbers, out: T): T {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    out[row] = Number.isFinite(value) ? value : 0;
  }
  return out;
}

/**
 * Returns whole numbers as classes, ascending; numbers that are no classes (decimals, more than 1,000 of them) as they
 * are. NaN is missing.
 */
export function classColumn(name: string, values: Numbers, kind: NumberKind): Column {
  const distinct = new Set<number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (!Number.isFinite(value)) continue;
    distinct.add(value);
    if (!Number.isInteger(value) || distinct.size > MAX_CATEGORIES) return numberColumn(name, values, kind);
  }
  const ordered = [...distinct].sort((a, b) => a - b);
  const codeOf = new Map(ordered.map((value, code) => [value, code]));
  const codes = allocateInt32(values.length);
  for (let row = 0; row < values.length; row++) codes[row] = codeOf.get(values[row] as number) ?? 0;
  return categoryColumn(name, codes, ordered.map(String), validityOf(values));
}

export const categoryColumn = (
  name: string,
  codes: Int32Array,
  dictionary: readonly string[],
  validity: Bitset | null = null,
): CategoryColumn => ({ kind: 'category', name, length: codes.length, validity, codes, dictionary });

/**
 * Returns rows of numbers as a vector column; rows with a NaN or infinite cell are missing, and `notices` says so.
 * @param values [rows, width] row by row; changed in place where not finite
 */
export function vectorColumn(
  path: string,
  name: string,
  values: Float32Array,
  width: number,
  notices: NoticeList,
): VectorColumn {
  const numRows = values.length / Math.max(1, width);
  const missing = finiteRows(path, values, width, numRows, notices);
  return { ...denseFeatures(values, width, missing, numRows).column(numRows), name } as VectorColumn;
}

/** Returns the column with missing rows appended, for nodes that only edges name. O(cells). */
export function padColumn(column: Column, length: number): Column {
  if (column.length >= length) return column;
  const validity = createBitset(length);
  for (let row = 0; row < column.length; row++) if (isValid(column, row)) setBit(validity, row);
  const base = { name: column.name, length, validity };
  switch (column.kind) {
    case 'f32':
      return { ...base, kind: 'f32', values: grown(column.values, allocateFloat32(length)) };
    case 'f64':
    case 'date':
      return { ...base, kind: column.kind, values: grown(column.values, allocateFloat64(length)) };
    case 'i32':
      return { ...base, kind: 'i32', values: grown(column.values, allocateInt32(length)) };
    case 'bool':
      return { ...base, kind: 'bool', values: grown(column.values, allocateUint8(length)) };
    case 'category':
      return { ...column, ...base, codes: grown(column.codes, allocateInt32(length)) };
    case 'text': {
      const offsets = allocateUint32(length + 1).fill(column.text.bytes.length);
      offsets.set(column.text.offsets);
      return { ...base, kind: 'text', text: { length, bytes: column.text.bytes, offsets } };
    }
    case 'vector':
      return { ...column, ...base, values: grown(column.values, allocateFloat32(length * column.width)) };
    case 'sparse': {
      const rowPtr = allocateInt32(length + 1).fill(column.colIndex.length);
      rowPtr.set(column.rowPtr);
      return { ...column, ...base, rowPtr };
    }
    default:
      return column satisfies never;
  }
}

function grown<T extends { set(values: T): void }>(values: T, out: T): T {
  out.set(values);
  return out;
}

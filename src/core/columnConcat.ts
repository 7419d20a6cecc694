/** Two columns one below the other, brought to a kind that holds both where there is one. For joining tables. */
import { type Bitset, createBitset, setBit } from './bitset.ts';
import { allocateFloat32, allocateFloat64, allocateInt32, allocateUint32, allocateUint8 } from './buffers.ts';
import { orderCategories } from './categoryRules.ts';
import {
  type CategoryColumn,
  type Column,
  type ColumnKind,
  isNumeric,
  isValid,
  type SparseColumn,
} from './columns.ts';
import { type ConvertibleKind, convertColumn } from './schema/convertColumn.ts';
import type { Utf8Table } from './utf8Table.ts';

interface Values {
  readonly length: number;
  set(values: ArrayLike<number>, at?: number): void;
}

/**
 * Returns the rows of `above` followed by those of `below`, under the name of `above`; null when no kind holds both: dense
 * vectors of different widths, or vectors beside single values. Numbers meet as float64, other kinds as categories where
 * one side has them, else as text.
 * @throws {LimitError} more than 100,000 categories would come together
 * O(cells).
 */
export function concatColumns(above: Column, below: Column): Column | null {
  const kind = commonKind(above, below);
  if (kind === null) return null;
  return stacked(asKind(above, kind), asKind(below, kind));
}

function commonKind(a: Column, b: Column): ColumnKind | null {
  if (a.kind === 'vector' && b.kind === 'vector') return a.width === b.width ? 'vector' : null;
  if (a.kind === b.kind) return a.kind;
  const kinds = [a.kind, b.kind];
  if (kinds.includes('vector') || kinds.includes('sparse')) return null;
  if (isNumeric(a) && isNumeric(b)) return 'f64';
  if (kinds.includes('text')) return 'text';
  return kinds.includes('category') ? 'category' : 'text';
}

function asKind(column: Column, kind: ColumnKind): Column {
  return column.kind === kind ? column : convertColumn(column, kind as ConvertibleKind).column;
}

/** @param b of the same kind and width as `a` */
function stacked(a: Column, b: Column): Column {
  const base = { name: a.name, length: a.length + b.length, validity: stackedValidity(a, b) };
  const put = <Array extends Values>(
    out: Array,
    top: ArrayLike<number>,
    bottom: ArrayLike<number>,
  ): Array => {
    out.set(top);
    out.set(bottom, top.length);
    return out;
  };
  if (a.kind === 'f32' && b.kind === 'f32')
    return { ...base, kind: 'f32', values: put(allocateFloat32(base.length), a.values, b.values) };
  if (a.kind === 'i32' && b.kind === 'i32')
    return { ...base, kind: 'i32', values: put(allocateInt32(base.length), a.values, b.values) };
  if (a.kind === 'bool' && b.kind === 'bool')
    return { ...base, kind: 'bool', values: put(allocateUint8(base.length), a.values, b.values) };
  if ((a.kind === 'f64' || a.kind === 'date') && b.kind === a.kind)
    return { ...base, kind: a.kind, values: put(allocateFloat64(base.length), a.values, b.values) };
  if (a.kind === 'vector' && b.kind === 'vector') {
    const values = put(allocateFloat32(base.length * a.width), a.values, b.values);
    return { ...base, kind: 'vector', width: a.width, values };
  }
  if (a.kind === 'text' && b.kind === 'text')
    return { ...base, kind: 'text', text: concatUtf8(a.text, b.text) };
  if (a.kind === 'sparse' && b.kind === 'sparse') return { ...base, ...stackedSparse(a, b) };
  return { ...base, ...stackedCategories(a as CategoryColumn, b as CategoryColumn) };
}

function stackedValidity(a: Column, b: Column): Bitset | null {
  if (a.validity === null && b.validity === null) return null;
  const out = createBitset(a.length + b.length);
  for (let row = 0; row < a.length; row++) if (isValid(a, row)) setBit(out, row);
  for (let row = 0; row < b.length; row++) if (isValid(b, row)) setBit(out, a.length + row);
  return out;
}

function stackedCategories(
  a: CategoryColumn,
  b: CategoryColumn,
): Pick<CategoryColumn, 'kind' | 'codes' | 'dictionary'> {
  const dictionary = orderCategories([...new Set([...a.dictionary, ...b.dictionary])]);
  const codeOf = new Map(dictionary.map((word, code) => [word, code]));
  const codes = allocateInt32(a.length + b.length);
  let at = 0;
  for (const column of [a, b]) {
    const places = Int32Array.from(column.dictionary, (word) => codeOf.get(word) as number);
    for (const code of column.codes) codes[at++] = places[code] ?? 0;
  }
  return { kind: 'category', codes, dictionary };
}

function stackedSparse(a: SparseColumn, b: SparseColumn): Omit<SparseColumn, 'name' | 'length' | 'validity'> {
  const rowPtr = allocateInt32(a.length + b.length + 1);
  const stored = a.rowPtr[a.length] as number;
  rowPtr.set(a.rowPtr);
  for (let row = 1; row <= b.length; row++) rowPtr[a.length + row] = stored + (b.rowPtr[row] as number);
  const total = rowPtr[a.length + b.length] as number;
  const colIndex = allocateInt32(total);
  const values = allocateFloat32(total);
  colIndex.set(a.colIndex.subarray(0, stored));
  colIndex.set(b.colIndex.subarray(0, total - stored), stored);
  values.set(a.values.subarray(0, stored));
  values.set(b.values.subarray(0, total - stored), stored);
  return { kind: 'sparse', width: Math.max(a.width, b.width), rowPtr, colIndex, values };
}

function concatUtf8(a: Utf8Table, b: Utf8Table): Utf8Table {
  const bytes = allocateUint8(a.bytes.length + b.bytes.length);
  bytes.set(a.bytes);
  bytes.set(b.bytes, a.bytes.length);
  const offsets = allocateUint32(a.length + b.length + 1);
  offsets.set(a.offsets.subarray(0, a.length + 1));
  for (let row = 1; row <= b.length; row++)
    offsets[a.length + row] = a.bytes.length + (b.offsets[row] as number);
  return { length: a.length + b.length, bytes, offsets };
}

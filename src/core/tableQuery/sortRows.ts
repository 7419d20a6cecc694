/**
 * Sorting the rows of a table by one column, in slices: a million rows take a second, and the page answers in between.
 * Keys are typed arrays or the UTF-8 bytes of the column; no string or object is made per row.
 */
import { type Utf8Table, utf8At } from '../utf8Table.ts';
import type { Cells, TextCells } from './cells.ts';

export interface SortOrder {
  readonly cells: Cells;
  readonly isDescending: boolean;
}

/** Called between units of well under a millisecond; throws when the work is no longer wanted. */
export type Breathe = () => Promise<void>;

/** Rows handled between two breaths. */
const UNIT = 2048;

/** Negative when row a comes first. */
type Comparison = (a: number, b: number) => number;

/**
 * Returns the rows in order; `rows` itself is not changed. Missing cells come last in either direction, equal ones keep
 * the order of `rows`. Numbers and dates compare by value, categories by dictionary, text by code point, ids that are
 * all integers by value. Vectors have no order. A merge sort: O(rows · log rows), 16 bytes per row.
 */
export async function sortRows(
  rows: Int32Array,
  { cells, isDescending }: SortOrder,
  breathe: Breathe,
): Promise<Int32Array> {
  const sign = isDescending ? -1 : 1;
  if (cells.kind === 'opaque') return rows;
  if (cells.kind === 'text' && !(cells.areIds === true && (await areIntegers(cells, rows, breathe)))) {
    return sortByText(rows, cells, sign, breathe);
  }
  const keys = await numberKeys(rows, cells, breathe);
  return sortByNumber(rows, keys, sign, breathe);
}

/** The sort works on positions in `rows`, so that keys take the room of the rows that are left, not of the table. */
async function sortByNumber(
  rows: Int32Array,
  keys: Float64Array,
  sign: number,
  breathe: Breathe,
): Promise<Int32Array> {
  const order = await mergeSort(
    rows.length,
    (a, b) => {
      const [x, y] = [keys[a] as number, keys[b] as number];
      if (x === y) return 0;
      if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 1;
      return Number.isNaN(y) ? -1 : x < y ? -sign : sign;
    },
    breathe,
  );
  return rowsInOrder(rows, order, breathe);
}

async function sortByText(
  rows: Int32Array,
  cells: TextCells,
  sign: number,
  breathe: Breathe,
): Promise<Int32Array> {
  const order = await mergeSort(
    rows.length,
    (a, b) => {
      const [rowA, rowB] = [rows[a] as number, rows[b] as number];
      const [x, y] = [cells.at(rowA), cells.at(rowB)];
      if (x < 0) return y < 0 ? 0 : 1;
      return y < 0 ? -1 : sign * compareBytes(cells.table(rowA), x, cells.table(rowB), y);
    },
    breathe,
  );
  return rowsInOrder(rows, order, breathe);
}

/** Writes the rows over their positions. */
async function rowsInOrder(rows: Int32Array, order: Int32Array, breathe: Breathe): Promise<Int32Array> {
  for (let from = 0; from < order.length; from += UNIT) {
    const end = Math.min(from + UNIT, order.length);
    for (let at = from; at < end; at++) order[at] = rows[order[at] as number] as number;
    await breathe();
  }
  return order;
}

/** The order of UTF-8 bytes is that of code points. */
function compareBytes(a: Utf8Table, rowA: number, b: Utf8Table, rowB: number): number {
  let atA = a.offsets[rowA] as number;
  let atB = b.offsets[rowB] as number;
  const endA = a.offsets[rowA + 1] as number;
  const endB = b.offsets[rowB + 1] as number;
  while (atA < endA && atB < endB) {
    const difference = (a.bytes[atA++] as number) - (b.bytes[atB++] as number);
    if (difference !== 0) return difference;
  }
  return endA - atA - (endB - atB);
}

async function numberKeys(
  rows: Int32Array,
  cells: Exclude<Cells, { readonly kind: 'opaque' }>,
  breathe: Breathe,
): Promise<Float64Array> {
  const keyOf = keyReader(cells);
  const keys = new Float64Array(rows.length);
  for (let from = 0; from < rows.length; from += UNIT) {
    const end = Math.min(from + UNIT, rows.length);
    for (let at = from; at < end; at++) keys[at] = keyOf(rows[at] as number);
    await breathe();
  }
  return keys;
}

function keyReader(cells: Exclude<Cells, { readonly kind: 'opaque' }>): (row: number) => number {
  switch (cells.kind) {
    case 'number':
    case 'date':
      return (row) => cells.value(row);
    case 'category':
      return (row) => {
        const code = cells.code(row);
        return code < 0 ? Number.NaN : code;
      };
    case 'text':
      return (row) => {
        const at = cells.at(row);
        return at < 0 ? Number.NaN : Number(utf8At(cells.table(row), at));
      };
    default:
      return cells satisfies never;
  }
}

/** 15 digits: larger integers are not exact as numbers. */
const MAX_DIGITS = 15;

async function areIntegers(cells: TextCells, rows: Int32Array, breathe: Breathe): Promise<boolean> {
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const inTable = cells.at(row);
    if (inTable >= 0 && !isInteger(cells.table(row), inTable)) return false;
    if (at % UNIT === UNIT - 1) await breathe();
  }
  return true;
}

/** A minus sign or none, then 1 to 15 digits. */
function isInteger({ bytes, offsets }: Utf8Table, row: number): boolean {
  const end = offsets[row + 1] as number;
  const start = (offsets[row] as number) + (bytes[offsets[row] as number] === 45 ? 1 : 0);
  if (end <= start || end - start > MAX_DIGITS) return false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < 48 || byte > 57) return false;
  }
  return true;
}

/** Bottom-up merge sort of 0 … length − 1, stable: of two runs, the left one goes first when they are equal. */
async function mergeSort(length: number, compare: Comparison, breathe: Breathe): Promise<Int32Array> {
  let from = new Int32Array(length);
  for (let at = 0; at < length; at++) from[at] = at;
  let to = new Int32Array(length);
  let sinceBreath = 0;
  for (let width = 1; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const middle = Math.min(start + width, length);
      const end = Math.min(start + 2 * width, length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        const a = from[left] as number;
        const b = from[right] as number;
        const takesLeft = left < middle && (right >= end || compare(a, b) <= 0);
        to[at] = takesLeft ? a : b;
        if (takesLeft) left++;
        else right++;
        if (++sinceBreath === UNIT) {
          sinceBreath = 0;
          await breathe();
        }
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

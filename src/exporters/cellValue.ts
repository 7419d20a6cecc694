/** Cells and numbers as text that loses nothing: what is read back equals what was written, bit for bit. */
import { type Column, isValid, type SparseColumn } from '../core/columns.ts';
import { utf8At } from '../core/utf8Table.ts';

/** Returns the shortest of 7, 8 or 9 significant digits that names the same float32; 9 always do. */
export function float32Text(value: number): string {
  for (let digits = 7; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}

/** Days that a JavaScript date can tell: 100,000,000 to either side of 1970 (ECMA-262, time values). */
const MAX_TIME_MS = 8.64e15;

/**
 * True when the cell has a value to write. A date beyond what calendars of files tell and a vector with a NaN or infinite
 * component count as missing, as they do in the readers.
 */
export function isPresent(column: Column, row: number): boolean {
  if (!isValid(column, row)) return false;
  if (column.kind === 'date') return Math.abs(column.values[row] as number) <= MAX_TIME_MS;
  if (column.kind !== 'vector') return true;
  for (let at = row * column.width; at < (row + 1) * column.width; at++) {
    if (!Number.isFinite(column.values[at])) return false;
  }
  return true;
}

/** True when the cell has a value that formats without NaN and infinity can hold. */
export function isFinitePresent(column: Column, row: number): boolean {
  const isFloat = column.kind === 'f32' || column.kind === 'f64';
  return isPresent(column, row) && (!isFloat || Number.isFinite(column.values[row]));
}

/**
 * Returns one cell in full, '' where it is missing. Dates are ISO 8601; a vector is a JSON list of its numbers; a sparse
 * row is `index:value` pairs with 1-based indices, as in LIBSVM files.
 */
export function exactCellText(column: Column, row: number): string {
  if (!isPresent(column, row)) return '';
  switch (column.kind) {
    case 'f32':
      return float32Text(column.values[row] as number);
    case 'f64':
    case 'i32':
      return String(column.values[row]);
    case 'bool':
      return column.values[row] === 1 ? 'true' : 'false';
    case 'category':
      return column.dictionary[column.codes[row] as number] ?? '';
    case 'text':
      return utf8At(column.text, row);
    case 'date':
      return new Date(column.values[row] as number).toISOString();
    case 'vector': {
      const values = column.values.subarray(row * column.width, (row + 1) * column.width);
      return `[${Array.from(values, float32Text).join(',')}]`;
    }
    case 'sparse':
      return sparseText(column, row);
    default:
      return column satisfies never;
  }
}

function sparseText(column: SparseColumn, row: number): string {
  const pairs: string[] = [];
  for (let at = column.rowPtr[row] as number; at < (column.rowPtr[row + 1] as number); at++) {
    pairs.push(`${(column.colIndex[at] as number) + 1}:${float32Text(column.values[at] as number)}`);
  }
  return pairs.join(' ');
}

/** Cells and numbers as text that loses nothing: what is read back equals what was written, bit for bit. */
import { type Column, isValid } from '../core/columns.ts';
import { utf8At } from '../core/utf8Table.ts';

/** Returns the shortest of 7, 8 or 9 significant digits that names the same float32; 9 always do. */
export function float32Text(value: number): string {
  for (let digits = 7; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}

/**
 * Returns one cell in full, '' where it is missing. Dates are ISO 8601; a vector is its numbers separated by blanks; a
 * sparse row is `index:value` pairs with 1-based indices, as in LIBSVM files.
 */
export function exactCellText(column: Column, row: number): string {
  if (!isValid(column, row)) return '';
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
      return Array.from(values, float32Text).join(' ');
    }
    case 'sparse': {
      const pairs: string[] = [];
      for (let at = column.rowPtr[row] as number; at < (column.rowPtr[row + 1] as number); at++) {
        pairs.push(`${(column.colIndex[at] as number) + 1}:${float32Text(column.values[at] as number)}`);
      }
      return pairs.join(' ');
    }
    default:
      return column satisfies never;
  }
}

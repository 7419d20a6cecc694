/** How many cells of a column are there and how many differ: what warnings about columns are decided by. */
import { cellText, type Column, isValid } from '../columns.ts';

export interface ColumnFacts {
  readonly numRows: number;
  readonly numPresent: number;
  /** Different values among the present cells; null for vectors and sparse rows. Counting stops at 100,000. */
  readonly numDistinct: number | null;
  /** No value came twice (as far as was counted). */
  readonly isAllDistinct: boolean;
  /** [rows] number of the value, -1 = missing or not counted; null when there are too many values to be classes. */
  readonly codes: Int32Array | null;
}

const MAX_DISTINCT = 100_000;

/** @param rows the rows that are not deleted, ascending; O(rows). */
export function columnFacts(column: Column, rows: Int32Array): ColumnFacts {
  const numPresent = rows.reduce((count, row) => count + (isValid(column, row) ? 1 : 0), 0);
  const valueOf = valueReader(column);
  if (valueOf === null) {
    return { numRows: rows.length, numPresent, numDistinct: null, isAllDistinct: false, codes: null };
  }
  const codes = new Int32Array(column.length).fill(-1);
  const codeOf = new Map<number | string, number>();
  let numCounted = 0;
  for (const row of rows) {
    if (!isValid(column, row)) continue;
    const value = valueOf(row);
    const known = codeOf.get(value);
    if (known === undefined && codeOf.size === MAX_DISTINCT) break;
    codes[row] = known ?? codeOf.size;
    if (known === undefined) codeOf.set(value, codeOf.size);
    numCounted++;
  }
  return {
    numRows: rows.length,
    numPresent,
    numDistinct: codeOf.size,
    isAllDistinct: codeOf.size === numCounted,
    codes: numCounted === numPresent ? codes : null,
  };
}

function valueReader(column: Column): ((row: number) => number | string) | null {
  switch (column.kind) {
    case 'vector':
    case 'sparse':
      return null;
    case 'category':
      return (row) => column.codes[row] as number;
    case 'text':
      return (row) => cellText(column, row);
    case 'f32':
    case 'f64':
    case 'i32':
    case 'bool':
    case 'date':
      return (row) => column.values[row] as number;
    default:
      return column satisfies never;
  }
}

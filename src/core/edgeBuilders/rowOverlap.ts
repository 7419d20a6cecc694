/**
 * Which rows of a sparse table share columns with a row, and how much: an inverted index (column → rows that have it)
 * walked along the columns of the row. The base of sparse distances, projections and text similarity.
 */
import { LimitError } from '../errors.ts';
import { transposePattern } from '../sparseMatrix.ts';
import type { SparsePoints } from './points.ts';

export type SparseRows = Pick<SparsePoints, 'width' | 'rowPtr' | 'colIndex' | 'values'>;

export interface RowOverlap {
  /** The first `scan` of these are the rows found last; in no particular order. */
  readonly found: Int32Array;
  /** [n] sum over shared columns; meaningful for the rows found last. */
  readonly sum: Float64Array;
  /** Returns how many other rows share a column with the row. O(entries of the row's columns). */
  scan(row: number): number;
  /** True when the last scan found the row. */
  has(row: number): boolean;
}

export interface OverlapOptions {
  readonly term: 'product' | 'difference';
  /** Find only later rows than the scanned one; scans must then go through the rows in ascending order. */
  readonly isHalf: boolean;
  /** What to do about too much work, as a sentence. */
  readonly remedy: string;
}

/** Sums over shared columns; more than this takes minutes. */
const MAX_WORK = 5e10;

/**
 * Returns the index. Memory O(entries + n + width); all scans together Σ over columns of (rows that have it)².
 * @throws {LimitError} columns so common that all scans together exceed 5e10 sums
 */
export function createRowOverlap(rows: SparseRows, options: OverlapOptions): RowOverlap {
  const { rowPtr, colIndex, values, width } = rows;
  const numRows = rowPtr.length - 1;
  const columns = transposePattern({ rows: numRows, cols: width, rowPtr, colIndex });
  const columnValues = Float64Array.from(columns.perm, (entry) => values[entry] as number);
  limitWork(columns.rowPtr, options);
  const start = columns.rowPtr.slice(0, width);
  const sum = new Float64Array(numRows);
  const found = new Int32Array(numRows);
  const seenIn = new Int32Array(numRows);
  const isProduct = options.term === 'product';
  let scanNumber = 0;
  return {
    found,
    sum,
    has: (row) => seenIn[row] === scanNumber,
    scan(row) {
      scanNumber++;
      let count = 0;
      for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
        const column = colIndex[k] as number;
        const a = values[k] as number;
        // Rows are listed in ascending order: in half scans the scanned row is always the first one left.
        if (options.isHalf) start[column] = (start[column] as number) + 1;
        const end = columns.rowPtr[column + 1] as number;
        for (let entry = start[column] as number; entry < end; entry++) {
          const other = columns.colIndex[entry] as number;
          if (other === row) continue;
          if (seenIn[other] !== scanNumber) {
            seenIn[other] = scanNumber;
            sum[other] = 0;
            found[count++] = other;
          }
          const b = columnValues[entry] as number;
          sum[other] =
            (sum[other] as number) + (isProduct ? a * b : Math.abs(a - b) - Math.abs(a) - Math.abs(b));
        }
      }
      return count;
    },
  };
}

function limitWork(columnPtr: Int32Array, { isHalf, remedy }: OverlapOptions): void {
  let work = 0;
  let largest = 0;
  for (let column = 0; column + 1 < columnPtr.length; column++) {
    const size = (columnPtr[column + 1] as number) - (columnPtr[column] as number);
    work += isHalf ? (size * size) / 2 : size * size;
    largest = Math.max(largest, size);
  }
  if (work <= MAX_WORK) return;
  throw new LimitError(
    `Comparing the rows takes ${work.toExponential(1)} steps; the limit is ${MAX_WORK.toExponential(0)}. The most common entry is shared by ${largest.toLocaleString('en')} rows.`,
    { code: 'edge-work', remedy, details: { work, limit: MAX_WORK, largest } },
  );
}

/** The product of two sparse matrices, for tables that are propagated before training. */
import type { SparseMatrix } from '../sparseMatrix.ts';

/**
 * Returns A·B as CSR, entries of a row by ascending column; null as soon as it would have more than `maxEntries`. Parallel
 * entries add up. Entries that cancel to 0 stay stored.
 *
 * Source: Gustavson 1978, "Two Fast Algorithms for Sparse Matrices: Multiplication and Permuted Transposition",
 * https://doi.org/10.1145/355791.355796 (row by row, one dense accumulator). Sums are in float64.
 * The inner sizes must agree. O(Σ over the entries of A of the length of the row of B they select), O(cols of B) scratch.
 */
export function sparseProduct(
  a: SparseMatrix,
  b: SparseMatrix,
  maxEntries: number = Number.POSITIVE_INFINITY,
): SparseMatrix | null {
  const rowPtr = new Int32Array(a.rows + 1);
  const sums = new Float64Array(b.cols);
  const lastRow = new Int32Array(b.cols).fill(-1);
  let colIndex = new Int32Array(Math.max(16, b.colIndex.length));
  let values = new Float32Array(colIndex.length);
  let used = 0;
  const touched: number[] = [];
  for (let row = 0; row < a.rows; row++) {
    touched.length = 0;
    for (let k = a.rowPtr[row] as number; k < (a.rowPtr[row + 1] as number); k++) {
      const factor = a.values === null ? 1 : (a.values[k] as number);
      const inner = a.colIndex[k] as number;
      for (let m = b.rowPtr[inner] as number; m < (b.rowPtr[inner + 1] as number); m++) {
        const col = b.colIndex[m] as number;
        if (lastRow[col] !== row) {
          lastRow[col] = row;
          sums[col] = 0;
          touched.push(col);
        }
        sums[col] = (sums[col] as number) + factor * (b.values === null ? 1 : (b.values[m] as number));
      }
    }
    if (used + touched.length > maxEntries) return null;
    if (used + touched.length > colIndex.length) {
      const room = Math.max(used + touched.length, 2 * colIndex.length);
      colIndex = grown(colIndex, new Int32Array(room));
      values = grown(values, new Float32Array(room));
    }
    touched.sort((left, right) => left - right);
    for (const col of touched) {
      colIndex[used] = col;
      values[used++] = sums[col] as number;
    }
    rowPtr[row + 1] = used;
  }
  return {
    rows: a.rows,
    cols: b.cols,
    rowPtr,
    colIndex: colIndex.slice(0, used),
    values: values.slice(0, used),
  };
}

function grown<T extends Int32Array | Float32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

/** Puts encoded columns side by side into the two blocks of the feature matrix. */
import type { SparseMatrix } from '../../core/sparseMatrix.ts';
import type { DenseRows, SparseRows } from './featureTypes.ts';

export interface PlacedRows<Rows> {
  readonly rows: Rows;
  /** Global index of the first row. */
  readonly offset: number;
  readonly count: number;
  /** First output column. */
  readonly at: number;
}

/** Returns [N, width] as CSR; entries of a row are in the order of the parts. O(entries + N). */
export function assembleSparse(
  parts: readonly PlacedRows<SparseRows>[],
  numNodes: number,
  width: number,
): SparseMatrix {
  const rowPtr = new Int32Array(numNodes + 1);
  for (const { rows, offset, count } of parts) {
    for (let row = 0; row < count; row++) {
      const at = offset + row + 1;
      rowPtr[at] = (rowPtr[at] as number) + rows.stored(row);
    }
  }
  for (let row = 0; row < numNodes; row++)
    rowPtr[row + 1] = (rowPtr[row + 1] as number) + (rowPtr[row] as number);
  const next = rowPtr.slice(0, numNodes);
  const colIndex = new Int32Array(rowPtr[numNodes] as number);
  const values = new Float32Array(colIndex.length);
  for (const { rows, offset, count, at } of parts) {
    for (let row = 0; row < count; row++) {
      next[offset + row] = rows.write(row, colIndex, values, next[offset + row] as number, at);
    }
  }
  return { rows: numNodes, cols: width, rowPtr, colIndex, values };
}

/** Returns [N · width] row-major; rows without a part stay 0. O(N · width). */
export function assembleDense(
  parts: readonly PlacedRows<DenseRows>[],
  numNodes: number,
  width: number,
): Float32Array {
  const values = new Float32Array(numNodes * width);
  for (const { rows, offset, count, at } of parts)
    for (let row = 0; row < count; row++) rows.write(row, values, (offset + row) * width + at);
  return values;
}

/** One column per node: the matrix I, without stored values. */
export function identityMatrix(numNodes: number): SparseMatrix {
  const rowPtr = Int32Array.from({ length: numNodes + 1 }, (_, row) => row);
  return { rows: numNodes, cols: numNodes, rowPtr, colIndex: rowPtr.slice(0, numNodes), values: null };
}

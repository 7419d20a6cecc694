/**
 * A sparse matrix on the device: what every kernel over edges reads. Patterns that only some kernels need (the transpose,
 * the row of every entry) are uploaded on first use and stay until the owner disposes the matrix.
 */
import { keep, type Tensor1D, tensor1d } from '@tensorflow/tfjs-core';
import { type SparseMatrix, transposePattern } from '../../core/sparseMatrix.ts';

/** A CSR pattern whose entry k is entry `perm[k]` of another one; `perm` null = the same order. */
export interface EntryPattern {
  readonly rowPtr: Tensor1D;
  readonly colIndex: Tensor1D;
  readonly perm: Tensor1D | null;
}

/** R rows, K columns, E entries. The owner disposes once. */
export interface SparseTensors {
  readonly rows: number;
  readonly cols: number;
  readonly numEntries: number;
  /** [R + 1], [E] int32 */
  readonly rowPtr: Tensor1D;
  readonly colIndex: Tensor1D;
  /** [E] float32 in stored order. */
  readonly values: Tensor1D;
  /** True when the matrix with its stored values equals its transpose. */
  readonly isSymmetric: boolean;
  /** Pattern of the transpose, [K + 1] and [E]. */
  transpose(): EntryPattern & { readonly perm: Tensor1D };
  /** [E] int32 row of every entry. */
  rowOfEntry(): Tensor1D;
  dispose(): void;
}

export interface UploadOptions {
  /** The caller vouches that Mᵀ = M, values included: products with the stored values then need no transpose. */
  readonly isSymmetric?: boolean;
}

const int32 = (data: Int32Array): Tensor1D => tensor1d(data.slice(), 'int32');

/** Uploads a matrix; values null become ones. */
export function uploadSparse(matrix: SparseMatrix, options: UploadOptions = {}): SparseTensors {
  const { rows, cols } = matrix;
  const numEntries = matrix.colIndex.length;
  const owned: Tensor1D[] = [];
  // NOTE: kept, because a first use may happen inside a tidy, which would dispose it.
  const own = <T extends Tensor1D>(tensor: T): T => {
    owned.push(keep(tensor));
    return tensor;
  };
  let transposed: (EntryPattern & { readonly perm: Tensor1D }) | null = null;
  let entryRows: Tensor1D | null = null;
  return {
    rows,
    cols,
    numEntries,
    rowPtr: own(int32(matrix.rowPtr)),
    colIndex: own(int32(matrix.colIndex)),
    values: own(
      tensor1d(matrix.values === null ? new Float32Array(numEntries).fill(1) : matrix.values.slice()),
    ),
    isSymmetric: options.isSymmetric ?? false,
    transpose() {
      if (transposed === null) {
        const { rowPtr, colIndex, perm } = transposePattern(matrix);
        transposed = { rowPtr: own(int32(rowPtr)), colIndex: own(int32(colIndex)), perm: own(int32(perm)) };
      }
      return transposed;
    },
    rowOfEntry() {
      entryRows ??= own(int32(rowOfEntry(matrix)));
      return entryRows;
    },
    dispose() {
      for (const tensor of owned) tensor.dispose();
      owned.length = 0;
    },
  };
}

function rowOfEntry({ rows, rowPtr, colIndex }: SparseMatrix): Int32Array {
  const rowOf = new Int32Array(colIndex.length);
  for (let row = 0; row < rows; row++) rowOf.fill(row, rowPtr[row] as number, rowPtr[row + 1] as number);
  return rowOf;
}

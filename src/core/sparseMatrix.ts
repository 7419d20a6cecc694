/**
 * Compressed sparse rows [rows, cols] and their transpose: the form in which graphs and sparse features reach the
 * kernels. Construction is a counting sort: O(entries + rows + cols), stable, so entry order is deterministic.
 */

export interface SparseMatrix {
  readonly rows: number;
  readonly cols: number;
  /** [rows + 1] */
  readonly rowPtr: Int32Array;
  /** [E] column of each entry; ascending input order within a row. */
  readonly colIndex: Int32Array;
  /** [E] or null when every entry is 1. */
  readonly values: Float32Array | null;
}

/** Transposed pattern of a SparseMatrix; entry k of the transpose is entry `perm[k]` of the original. */
export interface TransposedPattern {
  readonly rowPtr: Int32Array;
  readonly colIndex: Int32Array;
  readonly perm: Int32Array;
}

/** Groups `keys` (each in [0, groups)) by value: `perm` lists entries by group, `ptr` where each group starts. */
export function groupBy(keys: Int32Array, groups: number): { ptr: Int32Array; perm: Int32Array } {
  const ptr = new Int32Array(groups + 1);
  for (const key of keys) ptr[key + 1] = (ptr[key + 1] as number) + 1;
  for (let group = 0; group < groups; group++)
    ptr[group + 1] = (ptr[group + 1] as number) + (ptr[group] as number);
  const next = ptr.slice(0, groups);
  const perm = new Int32Array(keys.length);
  for (let entry = 0; entry < keys.length; entry++) {
    const key = keys[entry] as number;
    const at = next[key] as number;
    perm[at] = entry;
    next[key] = at + 1;
  }
  return { ptr, perm };
}

/** Returns the transpose of a CSR pattern. O(E + rows + cols). */
export function transposePattern(
  matrix: Pick<SparseMatrix, 'rows' | 'cols' | 'rowPtr' | 'colIndex'>,
): TransposedPattern {
  const { ptr, perm } = groupBy(matrix.colIndex, matrix.cols);
  const rowOfEntry = new Int32Array(matrix.colIndex.length);
  for (let row = 0; row < matrix.rows; row++) {
    rowOfEntry.fill(row, matrix.rowPtr[row] as number, matrix.rowPtr[row + 1] as number);
  }
  const colIndex = new Int32Array(perm.length);
  for (let k = 0; k < perm.length; k++) colIndex[k] = rowOfEntry[perm[k] as number] as number;
  return { rowPtr: ptr, colIndex, perm };
}

/** Rows of the features: what a mini-batch uploads. */
import type { SparseMatrix } from '../../core/sparseMatrix.ts';
import type { FeatureMatrix } from '../features/featureTypes.ts';

/**
 * Returns the features of `nodes`, row i those of `nodes[i]`; widths and names stay, so the same weights fit.
 * O(stored numbers of these rows).
 */
export function selectFeatureRows(features: FeatureMatrix, nodes: Int32Array): FeatureMatrix {
  const { sparse, dense, denseWidth } = features;
  return {
    ...features,
    numNodes: nodes.length,
    sparse: sparse === null ? null : selectSparseRows(sparse, nodes),
    dense: dense === null ? null : selectDenseRows(dense, denseWidth, nodes),
  };
}

function selectDenseRows(dense: Float32Array, width: number, nodes: Int32Array): Float32Array {
  const rows = new Float32Array(nodes.length * width);
  nodes.forEach((node, row) => rows.set(dense.subarray(node * width, (node + 1) * width), row * width));
  return rows;
}

function selectSparseRows(matrix: SparseMatrix, nodes: Int32Array): SparseMatrix {
  const rowPtr = new Int32Array(nodes.length + 1);
  nodes.forEach((node, row) => {
    const stored = (matrix.rowPtr[node + 1] as number) - (matrix.rowPtr[node] as number);
    rowPtr[row + 1] = (rowPtr[row] as number) + stored;
  });
  const colIndex = new Int32Array(rowPtr[nodes.length] as number);
  const values = matrix.values === null ? null : new Float32Array(colIndex.length);
  nodes.forEach((node, row) => {
    const start = matrix.rowPtr[node] as number;
    const end = matrix.rowPtr[node + 1] as number;
    const at = rowPtr[row] as number;
    colIndex.set(matrix.colIndex.subarray(start, end), at);
    if (values !== null && matrix.values !== null) values.set(matrix.values.subarray(start, end), at);
  });
  return { rows: nodes.length, cols: matrix.cols, rowPtr, colIndex, values };
}

/** The averaging matrix of mean aggregation and of random walks. */
import type { MessageBlock } from '../messageGraph.ts';
import type { SparseMatrix } from '../sparseMatrix.ts';

/**
 * Returns P = D^(−1) A as CSR by receiver, D the row sums of A: P[i, j] = w_ij / Σ_j w_ij, or 1 / |N(i)| without
 * weights. Rows sum to 1; a row without arcs, or whose weights sum to 0, is zero. No self-loops are added.
 * Parallel arcs stay parallel entries; entry k is arc k. O(N + arcs). Row sums are in float64.
 */
export function rowNormalisation(block: MessageBlock): SparseMatrix {
  const { numReceivers, numSenders, rowPtr, colIndex, weight } = block;
  const values = new Float32Array(colIndex.length);
  for (let row = 0; row < numReceivers; row++) {
    const start = rowPtr[row] as number;
    const end = rowPtr[row + 1] as number;
    if (weight === null) {
      values.fill(1 / (end - start), start, end);
      continue;
    }
    let sum = 0;
    for (let arc = start; arc < end; arc++) sum += weight[arc] as number;
    if (sum === 0) continue;
    for (let arc = start; arc < end; arc++) values[arc] = (weight[arc] as number) / sum;
  }
  return { rows: numReceivers, cols: numSenders, rowPtr, colIndex, values };
}

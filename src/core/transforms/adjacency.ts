/** The plain adjacency matrix: sums over neighbours. */
import type { MessageBlock } from '../messageGraph.ts';
import type { SparseMatrix } from '../sparseMatrix.ts';

/**
 * Returns A as CSR by receiver: A[i, j] is the weight of the arc j → i, values null when the arcs are unweighted.
 * Parallel arcs stay parallel entries; entry k is arc k. Shares the arrays of `block`. O(1).
 */
export function adjacency(block: MessageBlock): SparseMatrix {
  return {
    rows: block.numReceivers,
    cols: block.numSenders,
    rowPtr: block.rowPtr,
    colIndex: block.colIndex,
    values: block.weight,
  };
}

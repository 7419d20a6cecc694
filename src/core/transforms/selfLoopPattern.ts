/** The entries over which attention is computed: every node attends to itself exactly once. */
import type { MessageBlock } from '../messageGraph.ts';
import type { SparseMatrix } from '../sparseMatrix.ts';

/**
 * Returns the arcs of `block` without their self-loops, and one self-loop per receiver as the last entry of its row;
 * values null. Parallel arcs between different nodes stay parallel entries. Weights are not carried over.
 *
 * Same convention as PyG's `GATConv` (`remove_self_loops`, then `add_self_loops`). O(N + arcs).
 */
export function selfLoopPattern(block: MessageBlock): SparseMatrix {
  const { numReceivers, numSenders } = block;
  const rowPtr = new Int32Array(numReceivers + 1);
  const colIndex = new Int32Array(block.colIndex.length + numReceivers);
  let at = 0;
  for (let row = 0; row < numReceivers; row++) {
    const end = block.rowPtr[row + 1] as number;
    for (let arc = block.rowPtr[row] as number; arc < end; arc++) {
      const sender = block.colIndex[arc] as number;
      if (sender !== row) colIndex[at++] = sender;
    }
    colIndex[at++] = row;
    rowPtr[row + 1] = at;
  }
  return { rows: numReceivers, cols: numSenders, rowPtr, colIndex: colIndex.slice(0, at), values: null };
}

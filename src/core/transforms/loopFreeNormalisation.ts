/** The matrix over which labels and errors spread: nobody hears itself. */
import type { MessageBlock } from '../messageGraph.ts';
import type { SparseMatrix } from '../sparseMatrix.ts';

/**
 * Returns the graph's arcs without self-loops as CSR by receiver. `symmetric`: S0 = D^(−1/2) A D^(−1/2);
 * `row`: P = D⁻¹ A, rows that sum to 1. D are the row sums of A (weighted in-degree); a node without weight gets zeros.
 * Parallel arcs stay parallel entries. The block must be square. O(N + arcs); degrees are summed in float64.
 */
export function loopFreeNormalisation(block: MessageBlock, kind: 'symmetric' | 'row'): SparseMatrix {
  const { numReceivers: numNodes, weight } = block;
  const rowPtr = new Int32Array(numNodes + 1);
  const colIndex = new Int32Array(block.numArcs);
  const values = new Float32Array(block.numArcs);
  const degree = new Float64Array(numNodes);
  let at = 0;
  for (let row = 0; row < numNodes; row++) {
    for (let arc = block.rowPtr[row] as number; arc < (block.rowPtr[row + 1] as number); arc++) {
      const sender = block.colIndex[arc] as number;
      if (sender === row) continue;
      const strength = weight === null ? 1 : (weight[arc] as number);
      degree[row] = (degree[row] as number) + strength;
      colIndex[at] = sender;
      values[at++] = strength;
    }
    rowPtr[row + 1] = at;
  }
  const inverse = degree.map((sum) => (sum > 0 ? (kind === 'symmetric' ? 1 / Math.sqrt(sum) : 1 / sum) : 0));
  for (let row = 0; row < numNodes; row++) {
    for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
      const other = kind === 'symmetric' ? (inverse[colIndex[k] as number] as number) : 1;
      values[k] = (values[k] as number) * (inverse[row] as number) * other;
    }
  }
  return {
    rows: numNodes,
    cols: numNodes,
    rowPtr,
    colIndex: colIndex.slice(0, at),
    values: values.slice(0, at),
  };
}

/** The propagation matrix of graph convolution. */
import type { MessageBlock } from '../messageGraph.ts';
import type { SparseMatrix } from '../sparseMatrix.ts';

/**
 * Returns S = D̃^(−1/2) Ã D̃^(−1/2) as CSR by receiver, Ã = A + I (a node that already has a self-loop keeps its own),
 * D̃ the row sums of Ã (weighted in-degree). Isolated nodes keep only their self term: S[i,i] = 1.
 * A node whose weights sum to 0 gets D̃^(−1/2) := 0.
 *
 * Source: Kipf & Welling 2017, "Semi-Supervised Classification with Graph Convolutional Networks", eq. 2.
 * https://arxiv.org/abs/1609.02907. Same convention as PyG's `gcn_norm` (degree of the receiver on both sides).
 * The block must be square (receivers = senders). O(N + arcs). Degrees are summed in float64.
 */
export function symmetricNormalisation(graph: MessageBlock): SparseMatrix {
  const { numReceivers: numNodes, rowPtr, colIndex, weight } = graph;
  const hasLoop = new Uint8Array(numNodes);
  const degree = new Float64Array(numNodes);
  for (let row = 0; row < numNodes; row++) {
    for (let arc = rowPtr[row] as number; arc < (rowPtr[row + 1] as number); arc++) {
      if (colIndex[arc] === row) hasLoop[row] = 1;
      degree[row] = (degree[row] as number) + (weight === null ? 1 : (weight[arc] as number));
    }
    if (hasLoop[row] === 0) degree[row] = (degree[row] as number) + 1;
  }
  const inverseRoot = degree.map((sum) => (sum > 0 ? 1 / Math.sqrt(sum) : 0));
  let entries = graph.numArcs;
  for (const loop of hasLoop) if (loop === 0) entries++;
  const outPtr = new Int32Array(numNodes + 1);
  const outCol = new Int32Array(entries);
  const values = new Float32Array(entries);
  let at = 0;
  for (let row = 0; row < numNodes; row++) {
    const scale = inverseRoot[row] as number;
    for (let arc = rowPtr[row] as number; arc < (rowPtr[row + 1] as number); arc++) {
      const sender = colIndex[arc] as number;
      outCol[at] = sender;
      values[at++] =
        scale * (weight === null ? 1 : (weight[arc] as number)) * (inverseRoot[sender] as number);
    }
    if (hasLoop[row] === 0) {
      outCol[at] = row;
      values[at++] = scale * scale;
    }
    outPtr[row + 1] = at;
  }
  return { rows: numNodes, cols: numNodes, rowPtr: outPtr, colIndex: outCol, values };
}

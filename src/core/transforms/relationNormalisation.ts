/** The propagation matrix of relational graph convolution. */
import type { MessageBlock } from '../messageGraph.ts';
import type { SparseMatrix } from '../sparseMatrix.ts';

/**
 * Returns the arcs in stored order with value w_k / c_{i,r}, c_{i,r} the weights of receiver i's arcs of relation r summed
 * (their number |N_r(i)| when unweighted); 0 where that sum is 0. No self-loops are added.
 *
 * Source: Schlichtkrull et al. 2018, "Modeling Relational Data with Graph Convolutional Networks", eq. 2.
 * https://arxiv.org/abs/1703.06103. O(N + arcs) time, O(relations) memory beyond the result; sums in float64.
 */
export function relationNormalisation(block: MessageBlock): SparseMatrix {
  const { numReceivers, numSenders, rowPtr, colIndex, relation, weight, numRelations } = block;
  const values = new Float32Array(block.numArcs);
  const sums = new Float64Array(Math.max(1, numRelations));
  const relationOf = (arc: number): number => (relation === null ? 0 : (relation[arc] as number));
  const weightOf = (arc: number): number => (weight === null ? 1 : (weight[arc] as number));
  for (let row = 0; row < numReceivers; row++) {
    const start = rowPtr[row] as number;
    const end = rowPtr[row + 1] as number;
    for (let arc = start; arc < end; arc++) {
      sums[relationOf(arc)] = (sums[relationOf(arc)] as number) + weightOf(arc);
    }
    for (let arc = start; arc < end; arc++) {
      const sum = sums[relationOf(arc)] as number;
      values[arc] = sum > 0 ? weightOf(arc) / sum : 0;
    }
    for (let arc = start; arc < end; arc++) sums[relationOf(arc)] = 0;
  }
  return { rows: numReceivers, cols: numSenders, rowPtr, colIndex, values };
}

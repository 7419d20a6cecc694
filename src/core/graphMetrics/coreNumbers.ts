/** How deep in the dense part of the graph a node sits: the k-core decomposition. */
import { groupBy } from '../sparseMatrix.ts';
import { type SimpleAdjacency, simpleDegrees } from './simpleAdjacency.ts';

/**
 * Returns the core number of each node: the largest k such that it belongs to a subgraph in which every node has at
 * least k neighbours. Isolated nodes have 0. Parallel edges count once and self-loops not at all (networkx refuses
 * self-loops and multigraphs; on the simple graph beneath, the values are the same).
 *
 * Source: Batagelj & Zaveršnik 2003, "An O(m) Algorithm for Cores Decomposition of Networks",
 * https://arxiv.org/abs/cs/0310049.
 * @param adjacency symmetric: the simple adjacency of a message graph with flow `both`
 * O(N + E).
 */
export function coreNumbers(adjacency: SimpleAdjacency): Int32Array {
  const { numNodes, rowPtr, colIndex } = adjacency;
  const core = simpleDegrees(adjacency);
  let maxDegree = 0;
  for (const degree of core) maxDegree = Math.max(maxDegree, degree);
  // Nodes sorted by remaining degree; a bin starts where the first node of its degree stands.
  const { ptr: binStart, perm: order } = groupBy(core, maxDegree + 1);
  const position = new Int32Array(numNodes);
  order.forEach((node, place) => {
    position[node] = place;
  });
  for (let place = 0; place < numNodes; place++) {
    const node = order[place] as number;
    for (let at = rowPtr[node] as number; at < (rowPtr[node + 1] as number); at++) {
      const neighbour = colIndex[at] as number;
      const degree = core[neighbour] as number;
      if (degree <= (core[node] as number)) continue;
      // The neighbour changes places with the first node of its bin, and the bin gives that place away.
      const from = position[neighbour] as number;
      const to = binStart[degree] as number;
      const first = order[to] as number;
      order[from] = first;
      position[first] = from;
      order[to] = neighbour;
      position[neighbour] = to;
      binStart[degree] = to + 1;
      core[neighbour] = degree - 1;
    }
  }
  return core;
}

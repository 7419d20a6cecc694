/**
 * Who is next to whom, each neighbour once: the simple graph under a message graph, without loops and parallel edges,
 * for measures defined on simple graphs (k-core, clustering, betweenness).
 */
import type { MessageGraph } from '../messageGraph.ts';

export interface SimpleAdjacency {
  readonly numNodes: number;
  /** [N + 1] */
  readonly rowPtr: Int32Array;
  /** [entries] distinct neighbours of each node, never the node itself. */
  readonly colIndex: Int32Array;
}

/**
 * Returns the distinct senders of each node. Of a graph built with flow `both` that is the undirected neighbourhood,
 * of one built with flow `forward` the predecessors.
 * O(N + arcs).
 */
export function simpleAdjacency(
  graph: Pick<MessageGraph, 'numNodes' | 'rowPtr' | 'colIndex'>,
): SimpleAdjacency {
  const { numNodes } = graph;
  const rowPtr = new Int32Array(numNodes + 1);
  const colIndex = new Int32Array(graph.colIndex.length);
  // The last node that had a neighbour in its row.
  const seenBy = new Int32Array(numNodes).fill(-1);
  let used = 0;
  for (let node = 0; node < numNodes; node++) {
    for (let at = graph.rowPtr[node] as number; at < (graph.rowPtr[node + 1] as number); at++) {
      const neighbour = graph.colIndex[at] as number;
      if (neighbour === node || seenBy[neighbour] === node) continue;
      seenBy[neighbour] = node;
      colIndex[used++] = neighbour;
    }
    rowPtr[node + 1] = used;
  }
  return { numNodes, rowPtr, colIndex: colIndex.subarray(0, used) };
}

/** Number of distinct neighbours of each node, [N]. */
export function simpleDegrees({ numNodes, rowPtr }: SimpleAdjacency): Int32Array {
  return Int32Array.from(
    { length: numNodes },
    (_, node) => (rowPtr[node + 1] as number) - (rowPtr[node] as number),
  );
}

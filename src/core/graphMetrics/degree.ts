/** How many messages a node receives: the simplest structural feature. Degrees of the edge table are `nodeDegrees`. */
import type { MessageGraph } from '../messageGraph.ts';

/**
 * Returns the number of arcs into each node, [N]. Parallel arcs count each, a self-loop once; weights do not count.
 * O(N).
 */
export function inDegrees(graph: Pick<MessageGraph, 'numNodes' | 'rowPtr'>): Int32Array {
  return Int32Array.from(
    { length: graph.numNodes },
    (_, node) => (graph.rowPtr[node + 1] as number) - (graph.rowPtr[node] as number),
  );
}

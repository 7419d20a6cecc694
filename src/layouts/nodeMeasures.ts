/** Measures that layouts order nodes by, straight from the edge list. */
import { coreNumbers } from '../core/graphMetrics/coreNumbers.ts';
import { simpleAdjacency } from '../core/graphMetrics/simpleAdjacency.ts';
import { undirectedAdjacency } from '../core/graphMetrics/undirectedAdjacency.ts';
import type { LayoutInput } from './layoutTypes.ts';

/** Number of edge ends at each node, a self-loop counting twice. O(N + E). */
export function degreesOf({ numNodes, source, target }: LayoutInput): Int32Array {
  const degree = new Int32Array(numNodes);
  for (const ends of [source, target]) {
    for (const node of ends) degree[node] = (degree[node] as number) + 1;
  }
  return degree;
}

/** Core number of each node, directions ignored (`core/graphMetrics/coreNumbers.ts`). O(N + E). */
export function coresOf({ numNodes, source, target }: LayoutInput): Int32Array {
  return coreNumbers(simpleAdjacency(undirectedAdjacency(numNodes, source, target)));
}

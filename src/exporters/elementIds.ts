/** Node ids for formats whose ids are unique in the whole graph: ours are unique within a node type only. */
import { type Graph, isEdgeDeleted, isNodeDeleted, nodeId, nodeTypeOf, numNodes } from '../core/graph.ts';
import { createIdInterner } from '../io/tables/idInterner.ts';

/**
 * Returns the id of each node in the file: its own where ids are unique across the node types, else `type:id` for all.
 * NOTE: it is `type:id` too when every id of several types begins so by itself. Readers can then take `type:` off
 * exactly when all nodes have it, and get the ids of the graph back. O(bytes of ids).
 */
export function elementIds(graph: Graph): (node: number) => string {
  if (!needsPrefix(graph)) return (node) => nodeId(graph, node);
  return (node) => `${graph.nodeTypes[nodeTypeOf(graph, node)]?.name}:${nodeId(graph, node)}`;
}

function needsPrefix(graph: Graph): boolean {
  const known = createIdInterner();
  const { bytes, offsets } = graph.nodeIds;
  let numTypes = 0;
  let havePrefix = true;
  for (const [type, { name }] of graph.nodeTypes.entries()) {
    let numKept = 0;
    for (
      let node = graph.nodeTypePtr[type] as number;
      node < (graph.nodeTypePtr[type + 1] as number);
      node++
    ) {
      if (isNodeDeleted(graph, node)) continue;
      numKept++;
      const numKnown = known.length;
      if (known.intern(bytes, offsets[node] as number, offsets[node + 1] as number) < numKnown) return true;
      havePrefix &&= nodeId(graph, node).startsWith(`${name}:`);
    }
    if (numKept > 0) numTypes++;
  }
  return numTypes > 1 && havePrefix;
}

/** Returns each node's position among those not deleted, -1 for deleted ones: for formats that number nodes. O(N). */
export function nodePositions(graph: Graph): Int32Array {
  const positions = new Int32Array(numNodes(graph));
  let position = 0;
  for (let node = 0; node < positions.length; node++) {
    positions[node] = isNodeDeleted(graph, node) ? -1 : position++;
  }
  return positions;
}

/** True when neither the edge nor one of its ends was deleted. */
export function isEdgeKept(graph: Graph, edge: number): boolean {
  return !(
    isEdgeDeleted(graph, edge) ||
    isNodeDeleted(graph, graph.source[edge] as number) ||
    isNodeDeleted(graph, graph.target[edge] as number)
  );
}

/**
 * True when two kept edges join the same nodes, whatever their relation; formats with simple graphs must know. Ends of
 * undirected edges count in either order, and of all edges where the graph is mixed. O(E log E), 8 bytes per edge.
 */
export function hasParallelEdges(graph: Graph, isDirected: boolean): boolean {
  const keys = new Float64Array(graph.source.length);
  let length = 0;
  for (let edge = 0; edge < graph.source.length; edge++) {
    if (!isEdgeKept(graph, edge)) continue;
    const source = graph.source[edge] as number;
    const target = graph.target[edge] as number;
    const isSwapped = !isDirected && source > target;
    keys[length++] = (isSwapped ? target : source) * numNodes(graph) + (isSwapped ? source : target);
  }
  const sorted = keys.subarray(0, length).sort();
  for (let at = 1; at < length; at++) if (sorted[at] === sorted[at - 1]) return true;
  return false;
}

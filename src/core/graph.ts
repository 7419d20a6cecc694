/**
 * The graph: immutable tables, plain data, no object per node or edge. Node types own a table of columns; the edges of
 * all types sit in one table sorted by type, with global node indices (nodes of one type are contiguous). A
 * homogeneous graph is the case of one of each. Build one with `graphBuilder.ts`; what a model sees is
 * `messageGraph.ts`. An edit makes a new value that shares untouched columns; indices never change in a session.
 */
import { type Bitset, hasBit } from './bitset.ts';
import type { Column } from './columns.ts';
import { type Utf8Table, utf8At } from './utf8Table.ts';

export interface NodeType {
  readonly name: string;
  /** Each as long as the type has nodes. */
  readonly columns: readonly Column[];
}

/** Edge types as a table, so that a knowledge graph's thousand relations cost four short arrays. */
export interface EdgeTypes {
  readonly length: number;
  readonly relation: readonly string[];
  /** Node type index of sources and targets. */
  readonly sourceType: Int32Array;
  readonly targetType: Int32Array;
  /** 1 where direction carries meaning. */
  readonly directed: Uint8Array;
}

export interface Graph {
  readonly name: string;
  /** Content hash: equal tables, equal version. */
  readonly version: string;
  readonly nodeTypes: readonly NodeType[];
  /** [node types + 1]: nodes of type t are [nodeTypePtr[t], nodeTypePtr[t + 1]). */
  readonly nodeTypePtr: Int32Array;
  /** Ids over the global index; unique within a node type. */
  readonly nodeIds: Utf8Table;
  readonly edgeTypes: EdgeTypes;
  /** [edge types + 1] into the edge table. */
  readonly edgeTypePtr: Int32Array;
  /** [E] global node indices. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** Each over the whole edge table; types without a value are invalid there. */
  readonly edgeColumns: readonly Column[];
  /** Tombstones of edits; null when nothing was deleted. */
  readonly deletedNodes: Bitset | null;
  readonly deletedEdges: Bitset | null;
}

export const numNodes = (graph: Graph): number => graph.nodeIds.length;
export const numEdges = (graph: Graph): number => graph.source.length;

export function nodeId(graph: Graph, node: number): string {
  return utf8At(graph.nodeIds, node);
}

/** Returns the index of the node type that holds the global node index. */
export function nodeTypeOf(graph: Graph, node: number): number {
  let type = 0;
  while (type + 1 < graph.nodeTypes.length && node >= (graph.nodeTypePtr[type + 1] as number)) type++;
  return type;
}

/** Returns the edge type of an edge row by binary search. O(log types). */
export function edgeTypeOf(graph: Graph, edge: number): number {
  let low = 0;
  let high = graph.edgeTypes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((graph.edgeTypePtr[middle] as number) <= edge) low = middle;
    else high = middle - 1;
  }
  return low;
}

export const isNodeDeleted = (graph: Graph, node: number): boolean =>
  graph.deletedNodes !== null && hasBit(graph.deletedNodes, node);
export const isEdgeDeleted = (graph: Graph, edge: number): boolean =>
  graph.deletedEdges !== null && hasBit(graph.deletedEdges, edge);

/** True when every edge type carries direction. */
export function isDirected(graph: Graph): boolean {
  return graph.edgeTypes.length > 0 && graph.edgeTypes.directed.every((flag) => flag === 1);
}

/** Number of edge ends at each node (a self-loop counts twice), over edges that are not deleted. O(E). */
export function nodeDegrees(graph: Graph): Int32Array {
  const degree = new Int32Array(numNodes(graph));
  for (let edge = 0; edge < graph.source.length; edge++) {
    if (isEdgeDeleted(graph, edge)) continue;
    const source = graph.source[edge] as number;
    const target = graph.target[edge] as number;
    degree[source] = (degree[source] as number) + 1;
    degree[target] = (degree[target] as number) + 1;
  }
  return degree;
}

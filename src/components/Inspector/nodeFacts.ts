/**
 * What the inspector says about one node: its neighbours and its row of attributes. Pure. Neighbours are found by one
 * linear pass over the edge table per look: 2 million ends take about 5 ms, less than an index would cost to build.
 */
import { type Column, cellText } from '../../core/columns.ts';
import { edgeTypeOf, type Graph, isEdgeDeleted, nodeTypeOf, numEdges } from '../../core/graph.ts';

/** Above this a pass could hold a frame; the inspector then says so instead. */
export const MAX_SCANNED_EDGES = 10_000_000;

export interface Neighbour {
  readonly node: number;
  readonly relation: string;
  readonly direction: 'to' | 'from' | 'with';
}

export interface Neighbourhood {
  /** Edge ends at the node; a self-loop counts twice. */
  readonly degree: number;
  /** Different nodes at the other ends, itself included when it has a self-loop. */
  readonly numNeighbours: number;
  /** In edge order, each node once, at most `limit`. */
  readonly neighbours: readonly Neighbour[];
}

/** Returns the neighbours of a node; null when the graph has too many edges to look while a person waits. O(E). */
export function neighbourhoodOf(graph: Graph, node: number, limit: number): Neighbourhood | null {
  if (numEdges(graph) > MAX_SCANNED_EDGES) return null;
  const { source, target } = graph;
  const seen = new Set<number>();
  const neighbours: Neighbour[] = [];
  let degree = 0;
  for (let edge = 0; edge < source.length; edge++) {
    const isSource = source[edge] === node;
    if ((!isSource && target[edge] !== node) || isEdgeDeleted(graph, edge)) continue;
    const other = (isSource ? target[edge] : source[edge]) as number;
    degree += other === node ? 2 : 1;
    if (seen.has(other)) continue;
    seen.add(other);
    if (neighbours.length < limit) neighbours.push(describe(graph, edge, other, isSource));
  }
  return { degree, numNeighbours: seen.size, neighbours };
}

function describe(graph: Graph, edge: number, node: number, isSource: boolean): Neighbour {
  const type = edgeTypeOf(graph, edge);
  const isDirected = graph.edgeTypes.directed[type] === 1;
  return {
    node,
    relation: graph.edgeTypes.relation[type] ?? '',
    direction: isDirected ? (isSource ? 'to' : 'from') : 'with',
  };
}

export interface Attribute {
  readonly name: string;
  readonly text: string;
}

/** Returns the cells of a node, missing ones as ''. */
export function attributesOf(graph: Graph, node: number, limit: number): readonly Attribute[] {
  const { columns, row } = rowOf(graph, node);
  return columns.slice(0, limit).map((column) => ({ name: column.name, text: cellText(column, row) }));
}

export function rowOf(graph: Graph, node: number): { type: number; columns: readonly Column[]; row: number } {
  const type = nodeTypeOf(graph, node);
  return {
    type,
    columns: graph.nodeTypes[type]?.columns ?? [],
    row: node - (graph.nodeTypePtr[type] as number),
  };
}

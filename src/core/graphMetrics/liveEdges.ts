/** The edge list that partitions and counts read: what is left of the edge table without deleted edges and nodes. */
import { arcWeights } from '../messageGraph.ts';
import { type Graph, isEdgeDeleted, isNodeDeleted, numEdges } from '../graph.ts';

export interface LiveEdges {
  /** [live edges] global node indices. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** [live edges] row of each in the edge table, ascending. */
  readonly row: Int32Array;
  /** [live edges], or null when no weight column was named. */
  readonly weight: Float32Array | null;
}

/**
 * Returns the edges that are not deleted and whose ends are not either, in the order of the edge table; each once,
 * whatever its direction.
 * @param weightColumn numeric edge column; missing cells weigh 1
 * @throws {ParameterError} the weight column does not exist, is not numeric or holds a negative or non-finite value
 * O(E).
 */
export function liveEdges(graph: Graph, weightColumn: string | null = null): LiveEdges {
  const row = new Int32Array(numEdges(graph));
  let live = 0;
  for (let edge = 0; edge < row.length; edge++) {
    if (isEdgeDeleted(graph, edge)) continue;
    if (isNodeDeleted(graph, graph.source[edge] as number)) continue;
    if (isNodeDeleted(graph, graph.target[edge] as number)) continue;
    row[live++] = edge;
  }
  const rows = row.subarray(0, live);
  const isWhole = live === row.length;
  return {
    source: isWhole ? graph.source : Int32Array.from(rows, (edge) => graph.source[edge] as number),
    target: isWhole ? graph.target : Int32Array.from(rows, (edge) => graph.target[edge] as number),
    row: rows,
    weight: weightColumn === null ? null : arcWeights(graph, weightColumn, rows),
  };
}

/** Degree as a column: edges in, out or both, plain or weighted. */
import { type Graph, numNodes } from '../graph.ts';
import { type LiveEdges, liveEdges } from '../graphMetrics/liveEdges.ts';
import { resolveValues, type ParameterSpec } from '../parameters.ts';
import { type DerivedColumn, numberColumn } from './derivedColumn.ts';

const PARAMETERS = [
  {
    id: 'direction',
    name: 'Direction',
    help: 'Which edges count: all, those that point to the node, or those that leave it. An undirected edge does both.',
    kind: 'choice',
    options: [
      { id: 'all', name: 'All edges' },
      { id: 'in', name: 'Incoming' },
      { id: 'out', name: 'Outgoing' },
    ],
    default: 'all',
  },
] as const satisfies readonly ParameterSpec[];

type Direction = 'all' | 'in' | 'out';

/**
 * Parallel edges count each. A self-loop counts twice in the total; once in and once out where directed; once in both
 * where undirected, as the one arc it is in a message graph.
 */
export const degreeColumn: DerivedColumn = {
  id: 'degree',
  name: 'Degree',
  columnName: 'degree',
  summary: 'Number of edges at each node, or the sum of their weights.',
  source: 'standard',
  parameters: PARAMETERS,
  usesEdgeWeight: true,
  async derive(graph, values, context) {
    const { direction } = resolveValues(PARAMETERS, values);
    const edges = liveEdges(graph, context.weightColumn ?? null);
    const sums = degreeSums(graph, edges, direction as Direction);
    const name = context.columnName ?? 'degree';
    return numberColumn(graph, name, edges.weight === null ? Int32Array.from(sums) : sums);
  },
};

function degreeSums(graph: Graph, edges: LiveEdges, direction: Direction): Float64Array {
  const sums = new Float64Array(numNodes(graph));
  let type = 0;
  for (let edge = 0; edge < edges.row.length; edge++) {
    // Rows ascend, so the type only ever moves on.
    while ((graph.edgeTypePtr[type + 1] as number) <= (edges.row[edge] as number)) type++;
    const source = edges.source[edge] as number;
    const target = edges.target[edge] as number;
    const weight = edges.weight === null ? 1 : (edges.weight[edge] as number);
    const goesBothWays = graph.edgeTypes.directed[type] !== 1 && source !== target;
    if (direction !== 'in' || goesBothWays) sums[source] = (sums[source] as number) + weight;
    if (direction !== 'out' || goesBothWays) sums[target] = (sums[target] as number) + weight;
  }
  return sums;
}

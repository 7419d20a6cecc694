/**
 * What a model sees of a graph: one CSR by target over the global node index (row = receiver, column = sender, messages
 * flow source → target) and its transpose, with the edge row and type behind every arc. Built by a task from Graph +
 * split + options; supervision edges are excluded by the task and never enter.
 */
import { type Bitset, hasBit } from './bitset.ts';
import { findColumn, isNumeric, isValid } from './columns.ts';
import { ParameterError } from './errors.ts';
import { edgeTypeOf, type Graph, isEdgeDeleted, isNodeDeleted, numEdges, numNodes } from './graph.ts';
import { groupBy, type TransposedPattern, transposePattern } from './sparseMatrix.ts';

export interface MessageGraph {
  readonly numNodes: number;
  readonly numArcs: number;
  /** [N + 1] */
  readonly rowPtr: Int32Array;
  /** [arcs] sending node of each arc. */
  readonly colIndex: Int32Array;
  /** [arcs] edge row each arc came from. */
  readonly arcEdge: Int32Array;
  /** [arcs], or null when there is one edge type. */
  readonly edgeType: Int32Array | null;
  /** [arcs], or null when unweighted. */
  readonly weight: Float32Array | null;
  readonly transpose: TransposedPattern;
}

export interface MessageGraphOptions {
  /**
   * `both`: every edge carries messages both ways; `forward`: directed edges only from source to target.
   * An undirected edge is two arcs either way; a self-loop is one.
   */
  readonly flow: 'both' | 'forward';
  /** Numeric edge column; missing cells count as weight 1. */
  readonly weightColumn?: string;
  /** Edges that must not carry messages. */
  readonly exclude?: Bitset;
}

/**
 * Returns the message graph.
 * @throws {ParameterError} the weight column does not exist, is not numeric or holds a negative or non-finite value
 * Parallel edges stay parallel arcs. O(N + E).
 */
export function buildMessageGraph(graph: Graph, options: MessageGraphOptions): MessageGraph {
  const nodes = numNodes(graph);
  const edges = numEdges(graph);
  const receivers = new Int32Array(edges * 2);
  const senders = new Int32Array(edges * 2);
  const arcToEdge = new Int32Array(edges * 2);
  let arcs = 0;
  const addArc = (sender: number, receiver: number, edge: number): void => {
    senders[arcs] = sender;
    receivers[arcs] = receiver;
    arcToEdge[arcs++] = edge;
  };
  for (let type = 0; type < graph.edgeTypes.length; type++) {
    const twoWay = options.flow === 'both' || graph.edgeTypes.directed[type] === 0;
    const end = graph.edgeTypePtr[type + 1] as number;
    for (let edge = graph.edgeTypePtr[type] as number; edge < end; edge++) {
      if (options.exclude !== undefined && hasBit(options.exclude, edge)) continue;
      const source = graph.source[edge] as number;
      const target = graph.target[edge] as number;
      if (isEdgeDeleted(graph, edge) || isNodeDeleted(graph, source) || isNodeDeleted(graph, target))
        continue;
      addArc(source, target, edge);
      if (twoWay && source !== target) addArc(target, source, edge);
    }
  }
  const { ptr, perm } = groupBy(receivers.subarray(0, arcs), nodes);
  const colIndex = new Int32Array(arcs);
  const arcEdge = new Int32Array(arcs);
  for (let arc = 0; arc < arcs; arc++) {
    const from = perm[arc] as number;
    colIndex[arc] = senders[from] as number;
    arcEdge[arc] = arcToEdge[from] as number;
  }
  return {
    numNodes: nodes,
    numArcs: arcs,
    rowPtr: ptr,
    colIndex,
    arcEdge,
    edgeType: graph.edgeTypes.length > 1 ? arcEdge.map((edge) => edgeTypeOf(graph, edge)) : null,
    weight: options.weightColumn === undefined ? null : arcWeights(graph, options.weightColumn, arcEdge),
    transpose: transposePattern({ rows: nodes, cols: nodes, rowPtr: ptr, colIndex }),
  };
}

function arcWeights(graph: Graph, name: string, arcEdge: Int32Array): Float32Array {
  const column = findColumn(graph.edgeColumns, name);
  if (column === undefined || !isNumeric(column)) {
    throw new ParameterError(`Edge weight '${name}' is not a numeric edge column.`, {
      code: 'weight-column',
      remedy: 'Choose a numeric edge column, or no weight.',
      details: { column: name },
    });
  }
  return Float32Array.from(arcEdge, (edge) => {
    if (!isValid(column, edge)) return 1;
    const weight = column.values[edge] as number;
    if (!(weight >= 0 && weight < Infinity)) {
      throw new ParameterError(
        `Edge ${edge} has weight ${weight}; weights must be finite and not negative.`,
        {
          code: 'weight-value',
          remedy: 'Correct that row of the edge table, or train without edge weights.',
          details: { column: name, edge, weight },
        },
      );
    }
    return weight;
  });
}

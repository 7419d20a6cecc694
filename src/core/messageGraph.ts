/**
 * What a model sees of a graph: one CSR by target over the global node index (row = receiver, column = sender, messages
 * flow source → target), with the edge row and relation behind every arc. Built by a task from Graph + split + options;
 * supervision edges are excluded by the task and never enter.
 */
import { type Bitset, hasBit } from './bitset.ts';
import { findColumn, isNumeric, isValid } from './columns.ts';
import { ParameterError } from './errors.ts';
import { type Graph, isEdgeDeleted, isNodeDeleted, numEdges, numNodes } from './graph.ts';
import { groupBy } from './sparseMatrix.ts';

/**
 * Arcs from senders to receivers, CSR by receiver. The receivers are the first senders (a sampled layer) or all of them
 * (a whole graph).
 */
export interface MessageBlock {
  readonly numReceivers: number;
  readonly numSenders: number;
  readonly numArcs: number;
  /** [numReceivers + 1] */
  readonly rowPtr: Int32Array;
  /** [arcs] sending node of each arc. */
  readonly colIndex: Int32Array;
  /** [arcs] index into the relations of the graph, or null when there is one relation. */
  readonly relation: Int32Array | null;
  readonly numRelations: number;
  /** [arcs], or null when unweighted. */
  readonly weight: Float32Array | null;
}

export interface MessageGraph extends MessageBlock {
  /** = numReceivers = numSenders */
  readonly numNodes: number;
  /** [arcs] edge row each arc came from. */
  readonly arcEdge: Int32Array;
  /** [numRelations] 'cites', 'cites, reversed', … */
  readonly relationNames: readonly string[];
  /** True when every arc has its reverse with equal weight. */
  readonly isSymmetric: boolean;
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
 * Returns the message graph. An edge type gives one relation, or two, along and against its direction, when it carries
 * messages both ways and the ways differ: it is directed, or joins two node types.
 * @throws {ParameterError} the weight column does not exist, is not numeric or holds a negative or non-finite value
 * Parallel edges stay parallel arcs. O(N + E).
 */
export function buildMessageGraph(graph: Graph, options: MessageGraphOptions): MessageGraph {
  const nodes = numNodes(graph);
  const { senders, receivers, edges, relations, names } = collectArcs(graph, options);
  const { ptr, perm } = groupBy(receivers, nodes);
  const reorder = (values: Int32Array): Int32Array => Int32Array.from(perm, (from) => values[from] as number);
  const arcEdge = reorder(edges);
  return {
    numNodes: nodes,
    numReceivers: nodes,
    numSenders: nodes,
    numArcs: perm.length,
    rowPtr: ptr,
    colIndex: reorder(senders),
    arcEdge,
    relation: names.length > 1 ? reorder(relations) : null,
    numRelations: names.length,
    relationNames: names,
    weight: options.weightColumn === undefined ? null : arcWeights(graph, options.weightColumn, arcEdge),
    isSymmetric: options.flow === 'both' || !graph.edgeTypes.directed.includes(1),
  };
}

interface Arcs {
  readonly senders: Int32Array;
  readonly receivers: Int32Array;
  readonly edges: Int32Array;
  readonly relations: Int32Array;
  readonly names: readonly string[];
}

/** Lists the arcs in edge order, an edge's own before its reverse. */
function collectArcs(graph: Graph, options: MessageGraphOptions): Arcs {
  const capacity = 2 * numEdges(graph);
  const [receivers, senders, edges, relations] = [
    new Int32Array(capacity),
    new Int32Array(capacity),
    new Int32Array(capacity),
    new Int32Array(capacity),
  ];
  const names: string[] = [];
  let arcs = 0;
  const addArc = (sender: number, receiver: number, edge: number, relation: number): void => {
    senders[arcs] = sender;
    receivers[arcs] = receiver;
    relations[arcs] = relation;
    edges[arcs++] = edge;
  };
  for (let type = 0; type < graph.edgeTypes.length; type++) {
    const isDirected = graph.edgeTypes.directed[type] === 1;
    const isTwoWay = options.flow === 'both' || !isDirected;
    const along = names.push(graph.edgeTypes.relation[type] as string) - 1;
    const joinsTypes = graph.edgeTypes.sourceType[type] !== graph.edgeTypes.targetType[type];
    const against =
      isTwoWay && (isDirected || joinsTypes)
        ? names.push(`${graph.edgeTypes.relation[type]}, reversed`) - 1
        : along;
    const end = graph.edgeTypePtr[type + 1] as number;
    for (let edge = graph.edgeTypePtr[type] as number; edge < end; edge++) {
      if (options.exclude !== undefined && hasBit(options.exclude, edge)) continue;
      const source = graph.source[edge] as number;
      const target = graph.target[edge] as number;
      if (isEdgeDeleted(graph, edge) || isNodeDeleted(graph, source) || isNodeDeleted(graph, target))
        continue;
      addArc(source, target, edge, along);
      if (isTwoWay && source !== target) addArc(target, source, edge, against);
    }
  }
  return {
    senders: senders.subarray(0, arcs),
    receivers: receivers.subarray(0, arcs),
    edges: edges.subarray(0, arcs),
    relations: relations.subarray(0, arcs),
    names,
  };
}

/**
 * Returns the weight of each of the given edge rows; missing cells count as weight 1.
 * @throws {ParameterError} the column does not exist, is not numeric or holds a negative or non-finite value
 */
export function arcWeights(graph: Graph, name: string, arcEdge: Int32Array): Float32Array {
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

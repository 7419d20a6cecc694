/** Message graphs small enough to write down. Tests only. */
import { buildGraph } from '../../core/graphBuilder.ts';
import { buildMessageGraph, type MessageGraph } from '../../core/messageGraph.ts';
import { utf8Table } from '../../core/utf8Table.ts';

export interface SmallGraph {
  readonly numNodes: number;
  readonly source: readonly number[];
  readonly target: readonly number[];
  readonly types: readonly number[];
  readonly isDirected: boolean;
  readonly weights: Float64Array | null;
}

/** Returns the message graph of the edges; relation r is the edge type `r<type>`. */
export function messagesOf({
  numNodes,
  source,
  target,
  types,
  isDirected,
  weights,
}: SmallGraph): MessageGraph {
  const graph = buildGraph({
    name: 'small',
    nodeTables: [{ type: 'node', columns: [], count: numNodes }],
    nodeIds: utf8Table(Array.from({ length: numNodes }, (_, node) => String(node))),
    edgeTypes: Array.from({ length: Math.max(...types) + 1 }, (_, type) => ({
      relation: `r${type}`,
      sourceType: 0,
      targetType: 0,
      directed: isDirected,
    })),
    source: Int32Array.from(source),
    target: Int32Array.from(target),
    edgeType: Int32Array.from(types),
    edgeColumns:
      weights === null
        ? []
        : [{ kind: 'f64', name: 'w', length: weights.length, validity: null, values: weights }],
  });
  return buildMessageGraph(graph, { flow: 'forward', ...(weights === null ? {} : { weightColumn: 'w' }) });
}

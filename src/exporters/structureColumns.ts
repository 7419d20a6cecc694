/** What the data model keeps outside its columns (node types, relations, direction), as columns for formats to write. */
import { createBitset, setBit } from '../core/bitset.ts';
import type { BoolColumn, CategoryColumn } from '../core/columns.ts';
import { type Graph, isDirected, numEdges } from '../core/graph.ts';
import { DEFAULT_RELATION } from '../io/tables/edgeStore.ts';
import { DEFAULT_NODE_TYPE } from '../io/tables/nodeStore.ts';

/** False for the one type that readers make when a file names none. */
export const tellsNodeTypes = (graph: Graph): boolean =>
  graph.nodeTypes.length > 1 || graph.nodeTypes.some(({ name }) => name !== '' && name !== DEFAULT_NODE_TYPE);

/** False when all relations are the one that readers make when a file names none. */
export const tellsRelations = (graph: Graph): boolean =>
  graph.edgeTypes.relation.some((relation) => relation !== '' && relation !== DEFAULT_RELATION);

/** True when some edges carry direction and others do not. */
export const isMixed = (graph: Graph): boolean => !isDirected(graph) && graph.edgeTypes.directed.includes(1);

/** The same type for all nodes of a table. */
export const typeColumn = (name: string, length: number): CategoryColumn => ({
  kind: 'category',
  name: 'node_type',
  length,
  validity: null,
  codes: new Int32Array(length),
  dictionary: [name],
});

/** Relation of every edge; missing where it has no name. */
export function relationColumn(graph: Graph, name: string): CategoryColumn {
  const length = numEdges(graph);
  const codes = new Int32Array(length);
  const validity = createBitset(length);
  for (let type = 0; type < graph.edgeTypes.length; type++) {
    const [start, end] = [graph.edgeTypePtr[type] as number, graph.edgeTypePtr[type + 1] as number];
    codes.fill(type, start, end);
    if (graph.edgeTypes.relation[type] === '') continue;
    for (let edge = start; edge < end; edge++) setBit(validity, edge);
  }
  return { kind: 'category', name, length, validity, codes, dictionary: graph.edgeTypes.relation };
}

/** Whether each edge carries direction. */
export function directionColumn(graph: Graph): BoolColumn {
  const values = new Uint8Array(numEdges(graph));
  for (let type = 0; type < graph.edgeTypes.length; type++) {
    values.fill(
      graph.edgeTypes.directed[type] as number,
      graph.edgeTypePtr[type] as number,
      graph.edgeTypePtr[type + 1] as number,
    );
  }
  return { kind: 'bool', name: 'directed', length: values.length, validity: null, values };
}

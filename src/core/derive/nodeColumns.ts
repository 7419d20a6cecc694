/** From a column over all nodes to columns of node types, and into a new version of the graph. */
import { createBitset, hasBit, setBit } from '../bitset.ts';
import type { Column } from '../columns.ts';
import { permuteColumn } from '../columnPermutation.ts';
import { ShapeError } from '../errors.ts';
import { type Graph, isNodeDeleted, numNodes } from '../graph.ts';
import { newVersion, type PutOptions, withColumnPut } from '../schema/graphTables.ts';

/**
 * Returns one column per node type, in their order, from a column over the global node index.
 * @throws {ShapeError} the column has another number of rows than the graph has nodes
 * O(cells); with a single node type nothing is copied.
 */
export function splitByNodeType(graph: Graph, column: Column): readonly Column[] {
  if (column.length !== numNodes(graph)) {
    throw new ShapeError(
      `Column '${column.name}' has ${column.length} rows, the graph has ${numNodes(graph)} nodes.`,
      {
        code: 'column-length',
        remedy: 'Compute the column from this version of the graph.',
        details: { expected: numNodes(graph), received: column.length },
      },
    );
  }
  if (graph.nodeTypes.length === 1) return [column];
  return graph.nodeTypes.map((_, type) => {
    const start = graph.nodeTypePtr[type] as number;
    const count = (graph.nodeTypePtr[type + 1] as number) - start;
    return permuteColumn(
      column,
      Int32Array.from({ length: count }, (_, row) => start + row),
    );
  });
}

export interface NodeColumnOptions extends PutOptions {
  /** Names of the node types that get the column; absent = all. */
  readonly nodeTypes?: readonly string[];
}

/**
 * Returns a new version of the graph in which every (chosen) node type has its part of the column; other columns are
 * shared.
 * @param column over the global node index
 * @throws {InvalidGraphError} a node type has a column of that name already and `replace` is not set
 * @throws {ShapeError} as `splitByNodeType`
 * O(cells + bytes of the graph), for the hash.
 */
export function withNodeColumn(graph: Graph, column: Column, options: NodeColumnOptions = {}): Graph {
  let edited = graph;
  splitByNodeType(graph, column).forEach((part, index) => {
    const type = graph.nodeTypes[index]?.name as string;
    if (options.nodeTypes !== undefined && !options.nodeTypes.includes(type)) return;
    edited = withColumnPut(edited, { kind: 'nodes', type }, part, options);
  });
  return newVersion(edited);
}

/** Returns the column with the cells of deleted nodes missing; the same one where nothing is deleted. */
export function withoutDeletedNodes(graph: Graph, column: Column): Column {
  if (graph.deletedNodes === null) return column;
  const validity = createBitset(column.length);
  for (let node = 0; node < column.length; node++) {
    const isPresent = column.validity === null || hasBit(column.validity, node);
    if (isPresent && !isNodeDeleted(graph, node)) setBit(validity, node);
  }
  return { ...column, validity };
}

/**
 * Structural checks of a Graph, at the door: inside, its tables are trusted, and GPU kernels (which cannot throw) read
 * them without range checks. What a file may contain is the reader's concern; these are the invariants of the type.
 */
import type { Column } from './columns.ts';
import { InvalidGraphError } from './errors.ts';
import { type Graph, nodeId, numEdges, numNodes } from './graph.ts';

function fail(code: string, message: string, remedy: string, details: Record<string, unknown> = {}): never {
  throw new InvalidGraphError(message, { code, remedy, details });
}

function checkColumns(where: string, columns: readonly Column[], rows: number): void {
  const names = new Set<string>();
  for (const column of columns) {
    if (names.has(column.name)) {
      fail('duplicate-column', `${where} has two columns named '${column.name}'.`, 'Rename one of them.', {
        column: column.name,
      });
    }
    names.add(column.name);
    if (column.length !== rows) {
      fail(
        'column-length',
        `${where}: column '${column.name}' has ${column.length} rows, the table has ${rows}.`,
        'Give every column one value per row.',
        { column: column.name, expected: rows, received: column.length },
      );
    }
  }
}

/** @throws {InvalidGraphError} naming the table, column or edge at fault. O(N + E). */
export function validateGraph(graph: Graph): void {
  const types = new Set<string>();
  graph.nodeTypes.forEach((type, index) => {
    if (types.has(type.name)) {
      fail('duplicate-type', `Two node tables are named '${type.name}'.`, 'Merge or rename one of them.');
    }
    types.add(type.name);
    const rows = (graph.nodeTypePtr[index + 1] as number) - (graph.nodeTypePtr[index] as number);
    checkColumns(`Node type '${type.name}'`, type.columns, rows);
  });
  if (graph.nodeTypePtr[graph.nodeTypes.length] !== numNodes(graph)) {
    fail('id-count', 'The number of node ids differs from the number of nodes.', 'Give every node one id.');
  }
  checkColumns('The edge table', graph.edgeColumns, numEdges(graph));
  if (graph.target.length !== graph.source.length) {
    fail(
      'edge-ends',
      'The edge table has a different number of sources and targets.',
      'Give every edge two ends.',
    );
  }
  for (let type = 0; type < graph.edgeTypes.length; type++) {
    const sourceType = graph.edgeTypes.sourceType[type] as number;
    const targetType = graph.edgeTypes.targetType[type] as number;
    const end = graph.edgeTypePtr[type + 1] as number;
    for (let edge = graph.edgeTypePtr[type] as number; edge < end; edge++) {
      checkEnd(graph, edge, graph.source[edge] as number, sourceType, 'source');
      checkEnd(graph, edge, graph.target[edge] as number, targetType, 'target');
    }
  }
  if ((graph.edgeTypePtr[graph.edgeTypes.length] as number) !== numEdges(graph)) {
    fail('edge-types', 'Some edges have no edge type.', 'Give every edge a type.');
  }
}

function checkEnd(graph: Graph, edge: number, node: number, type: number, end: 'source' | 'target'): void {
  const inType =
    node >= (graph.nodeTypePtr[type] as number) && node < (graph.nodeTypePtr[type + 1] as number);
  if (inType) return;
  const known = node >= 0 && node < numNodes(graph);
  const shown = known ? `'${nodeId(graph, node)}'` : `index ${node}`;
  fail(
    'edge-end',
    `Edge ${edge}: its ${end} ${shown} is not a node of type '${graph.nodeTypes[type]?.name ?? type}'.`,
    'Check the edge table against the node tables.',
    { edge, node, end },
  );
}

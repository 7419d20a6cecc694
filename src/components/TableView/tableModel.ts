/** A table as the view handles it: its columns, which rows count, and which nodes a row stands for. Pure. */
import { type Bitset, countBits, hasBit } from '../../core/bitset.ts';
import { type Graph, isEdgeDeleted, isNodeDeleted, numEdges } from '../../core/graph.ts';
import type { ExportRows } from '../../exporters/exporterTypes.ts';
import { edgeColumns } from './edgeColumns.ts';
import { nodeColumns, type TableClasses } from './nodeColumns.ts';
import type { TableColumn } from './tableColumn.ts';

export interface TableModel {
  /** Stable name under which its layout is remembered: `nodes:<type>` or `edges`. */
  readonly name: string;
  /** As the grid is called. */
  readonly title: 'Nodes' | 'Edges';
  /** Rows, deleted ones included. */
  readonly count: number;
  /** Rows that were not deleted. */
  readonly numKept: number;
  /** Null = no row was deleted. */
  readonly isKept: ((row: number) => boolean) | null;
  readonly columns: readonly TableColumn[];
  /** Nodes of a row: itself, or both ends of an edge. The last is the one to look at. */
  nodesOf(row: number, columnId?: string): readonly number[];
  /** An edge counts as selected when both its ends are. */
  isSelected(row: number, selected: Bitset): boolean;
  /** Row of a node; -1 = the table has none for it. */
  rowOf(node: number): number;
  exportRows(rows: Int32Array): ExportRows;
}

export function nodeModel(graph: Graph, type: number, classes: TableClasses): TableModel {
  const start = graph.nodeTypePtr[type] as number;
  const end = graph.nodeTypePtr[type + 1] as number;
  const isKept = graph.deletedNodes === null ? null : (row: number) => !isNodeDeleted(graph, start + row);
  return {
    name: `nodes:${graph.nodeTypes[type]?.name ?? ''}`,
    title: 'Nodes',
    count: end - start,
    numKept: countKept(end - start, isKept),
    isKept,
    columns: nodeColumns(graph, type, classes),
    nodesOf: (row) => [start + row],
    isSelected: (row, selected) => hasBit(selected, start + row),
    rowOf: (node) => (node >= start && node < end ? node - start : -1),
    exportRows: (rows) => ({ table: 'nodes', indices: rows.map((row) => start + row) }),
  };
}

export function edgeModel(graph: Graph): TableModel {
  const { source, target } = graph;
  const sourceOf = (edge: number): number => source[edge] as number;
  const targetOf = (edge: number): number => target[edge] as number;
  const isWhole = graph.deletedEdges === null && graph.deletedNodes === null;
  const isKept = isWhole
    ? null
    : (edge: number) =>
        !isEdgeDeleted(graph, edge) &&
        !isNodeDeleted(graph, sourceOf(edge)) &&
        !isNodeDeleted(graph, targetOf(edge));
  return {
    name: 'edges',
    title: 'Edges',
    count: numEdges(graph),
    numKept: countKept(numEdges(graph), isKept),
    isKept,
    columns: edgeColumns(graph),
    nodesOf: (edge, columnId = '') =>
      columnId.startsWith('target') ? [sourceOf(edge), targetOf(edge)] : [targetOf(edge), sourceOf(edge)],
    isSelected: (edge, selected) => hasBit(selected, sourceOf(edge)) && hasBit(selected, targetOf(edge)),
    rowOf: () => -1,
    exportRows: (rows) => ({ table: 'edges', indices: rows }),
  };
}

function countKept(count: number, isKept: ((row: number) => boolean) | null): number {
  if (isKept === null) return count;
  let kept = 0;
  for (let row = 0; row < count; row++) if (isKept(row)) kept++;
  return kept;
}

/** Returns the nodes of the rows for a selection, those of the first row last: the inspector then shows that one. */
export function nodesOfRows(model: TableModel, rows: Int32Array): Int32Array {
  if (model.title === 'Nodes') return model.exportRows(rows).indices.toReversed();
  const nodes = new Int32Array(rows.length * 2);
  rows.forEach((row, position) => nodes.set(model.nodesOf(row), (rows.length - 1 - position) * 2));
  return nodes;
}

/** Returns the rows that are selected, in their order. */
export function selectedRows(model: TableModel, rows: Int32Array, selected: Bitset | null): Int32Array {
  if (selected === null || countBits(selected) === 0) return new Int32Array(0);
  return rows.filter((row) => model.isSelected(row, selected));
}

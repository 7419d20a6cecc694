/** What the dialogs read of a table of the open graph. Pure. */
import { type Column, isNumeric } from '../../core/columns.ts';
import { type Graph, nodeId, numEdges } from '../../core/graph.ts';
import type { TableRef } from '../../core/schema/graphTables.ts';
import { isSplitColumn } from '../../core/transforms/nodeSplits.ts';
import type { EdgeBuilderNeeds } from '../../core/edgeBuilders/edgeBuilderTypes.ts';

export interface OpenTable {
  readonly columns: readonly Column[];
  readonly numRows: number;
  /** What a row is called in a preview. */
  readonly rowName: (row: number) => string;
}

/** Returns the table; one without columns and rows when the graph has none of that name. */
export function tableOf(graph: Graph, table: TableRef): OpenTable {
  if (table.kind === 'edges') {
    const end = (nodes: Int32Array, row: number): string => nodeId(graph, nodes[row] as number);
    return {
      columns: graph.edgeColumns,
      numRows: numEdges(graph),
      rowName: (row) => `${end(graph.source, row)} – ${end(graph.target, row)}`,
    };
  }
  const type = graph.nodeTypes.findIndex(({ name }) => name === table.type);
  const start = graph.nodeTypePtr[type] ?? 0;
  return {
    columns: graph.nodeTypes[type]?.columns ?? [],
    numRows: (graph.nodeTypePtr[type + 1] ?? start) - start,
    rowName: (row) => nodeId(graph, start + row),
  };
}

/** Returns the name, or the name with the first free number: 'degree', 'degree 2'. */
export function freeName(wanted: string, columns: readonly Column[]): string {
  const taken = new Set(columns.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted} ${number}`;
  return name;
}

/** Columns a builder can read, without splits, which say nothing about a node. */
export function usableColumns(
  columns: readonly Column[],
  { columns: need }: EdgeBuilderNeeds,
): readonly Column[] {
  if (need === null) return [];
  return columns.filter((column) => need.kinds.includes(column.kind) && !isSplitColumn(column));
}

/**
 * The columns to begin with: all numbers together, else one vector or sparse column, else whatever fits first. Never the
 * target: edges made from the answer would carry it to the test nodes.
 */
export function suggestedColumns(
  columns: readonly Column[],
  needs: EdgeBuilderNeeds,
  targets: readonly string[],
): readonly string[] {
  const usable = usableColumns(columns, needs).filter(({ name }) => !targets.includes(name));
  const first = (found: readonly Column[]): readonly string[] => found.slice(0, 1).map(({ name }) => name);
  if (needs.columns?.most === 1) return first(usable);
  const numbers = usable.filter(isNumeric);
  const wide = usable.filter(({ kind }) => kind === 'vector' || kind === 'sparse');
  if (wide.length > 0) return first(wide);
  if (numbers.length > 0) return numbers.map(({ name }) => name);
  return first(usable);
}

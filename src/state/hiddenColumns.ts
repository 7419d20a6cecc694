/** Columns that a person took out of sight: kept with the open graph, its tables untouched. Pure. */
import type { Column } from '../core/columns.ts';
import type { Graph } from '../core/graph.ts';
import type { TableRef } from '../core/schema/graphTables.ts';
import type { RunConfig } from '../engine/runTypes.ts';
import type { ColumnRef } from './schemaTypes.ts';
import type { LoadedGraph } from './types.ts';

export const isSameTable = (a: TableRef, b: TableRef): boolean =>
  a.kind === 'nodes' ? b.kind === 'nodes' && a.type === b.type : b.kind === 'edges';

export const isSameColumn = (a: ColumnRef, b: ColumnRef): boolean =>
  a.name === b.name && isSameTable(a.table, b.table);

export function isHidden(loaded: LoadedGraph, column: ColumnRef): boolean {
  return (loaded.hiddenColumns ?? []).some((hidden) => isSameColumn(hidden, column));
}

const visible = new WeakMap<LoadedGraph, Graph>();

/**
 * Returns the graph as the views show it: without the hidden columns, of the same version. The same object for the same
 * opened graph; the graph itself when nothing is hidden.
 */
export function visibleGraph(loaded: LoadedGraph): Graph {
  const { graph, hiddenColumns = [] } = loaded;
  if (hiddenColumns.length === 0) return graph;
  const known = visible.get(loaded);
  if (known !== undefined) return known;
  const shownOf = (table: TableRef, columns: readonly Column[]): readonly Column[] =>
    columns.filter(({ name }) => !isHidden(loaded, { table, name }));
  const shown: Graph = {
    ...graph,
    nodeTypes: graph.nodeTypes.map(({ name, columns }) => ({
      name,
      columns: shownOf({ kind: 'nodes', type: name }, columns),
    })),
    edgeColumns: shownOf({ kind: 'edges' }, graph.edgeColumns),
  };
  visible.set(loaded, shown);
  return shown;
}

/** What a run is told to leave out of its default features. */
export function leaveOutOf(loaded: LoadedGraph): Pick<RunConfig, 'leaveOut'> {
  const leaveOut = (loaded.hiddenColumns ?? []).flatMap(({ table, name }) =>
    table.kind === 'nodes' ? [{ nodeType: table.type, column: name }] : [],
  );
  return leaveOut.length === 0 ? {} : { leaveOut };
}

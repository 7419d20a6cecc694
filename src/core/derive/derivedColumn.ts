/** What a derived column is: a measure of the graph's structure that becomes an attribute of every node. */
import type { Column } from '../columns.ts';
import type { Graph } from '../graph.ts';
import type { MeasureContext } from '../graphMetrics/measureContext.ts';
import { MAX_CATEGORIES } from '../categoryRules.ts';
import type { ParameterSpec, ParameterValues } from '../parameters.ts';
import { withoutDeletedNodes } from './nodeColumns.ts';

export interface DeriveContext extends MeasureContext {
  /** Name of the new column; absent = that of the descriptor. */
  readonly columnName?: string;
  /** Numeric edge column, for those that use weights; absent or null = every edge counts 1. */
  readonly weightColumn?: string | null;
}

export interface DerivedColumn {
  /** kebab-case and stable: it is written into files. */
  readonly id: string;
  /** Name in the menu. */
  readonly name: string;
  /** Default name of the column. */
  readonly columnName: string;
  readonly summary: string;
  readonly source: string;
  readonly parameters: readonly ParameterSpec[];
  readonly usesEdgeWeight: boolean;
  /**
   * Returns the column over the global node index; cells of deleted nodes are missing.
   * @throws {ParameterError} unknown or invalid values, no such weight column
   * @throws {CancelledError} the signal was aborted
   */
  derive(graph: Graph, values: ParameterValues, context: DeriveContext): Promise<Column>;
}

/** Returns a column of whole numbers or of float64, by the array given. */
export function numberColumn(graph: Graph, name: string, values: Int32Array | Float64Array): Column {
  const base = { name, length: values.length, validity: null };
  return withoutDeletedNodes(
    graph,
    values instanceof Int32Array ? { ...base, kind: 'i32', values } : { ...base, kind: 'f64', values },
  );
}

/**
 * Returns a column of group numbers, 0 = the largest group: categories, since their order means nothing; integers when
 * they are more than a dictionary should hold (isolated nodes are groups of their own).
 */
export function groupColumn(graph: Graph, name: string, group: Int32Array, numGroups: number): Column {
  if (numGroups > MAX_CATEGORIES) return numberColumn(graph, name, group);
  return withoutDeletedNodes(graph, {
    kind: 'category',
    name,
    length: group.length,
    validity: null,
    codes: group,
    dictionary: Array.from({ length: numGroups }, (_, label) => String(label)),
  });
}

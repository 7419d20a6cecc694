/**
 * What an edit changed in a graph, small enough to send: tables that stayed the same are named by their place in the
 * version before, so that the receiver keeps its own objects (and their memory, and all that is cached by them).
 */
import type { Column } from '../core/columns.ts';
import type { Graph } from '../core/graph.ts';

/** A column of the version before by its place, or a new one. */
type ColumnSource = number | Column;

/** Fields that are passed on whole when an edit replaced them. */
type PlainFields = Pick<
  Graph,
  | 'nodeTypePtr'
  | 'nodeIds'
  | 'edgeTypes'
  | 'edgeTypePtr'
  | 'source'
  | 'target'
  | 'deletedNodes'
  | 'deletedEdges'
>;

const PLAIN_FIELDS = [
  'nodeTypePtr',
  'nodeIds',
  'edgeTypes',
  'edgeTypePtr',
  'source',
  'target',
  'deletedNodes',
  'deletedEdges',
] as const satisfies readonly (keyof PlainFields)[];

export interface GraphDelta {
  /** Version that the delta applies to. */
  readonly from: string;
  readonly version: string;
  readonly nodeTypes: readonly { readonly name: string; readonly columns: readonly ColumnSource[] }[];
  readonly edgeColumns: readonly ColumnSource[];
  readonly fields: Partial<PlainFields>;
}

/** Returns what `after` has that `before` has not, by identity. O(columns²) per table, no cell is looked at. */
export function graphDelta(before: Graph, after: Graph): GraphDelta {
  const fields: Partial<Record<keyof PlainFields, unknown>> = {};
  for (const field of PLAIN_FIELDS) if (after[field] !== before[field]) fields[field] = after[field];
  return {
    from: before.version,
    version: after.version,
    nodeTypes: after.nodeTypes.map(({ name, columns }, type) => ({
      name,
      columns: columnSources(before.nodeTypes[type]?.columns ?? [], columns),
    })),
    edgeColumns: columnSources(before.edgeColumns, after.edgeColumns),
    fields: fields as Partial<PlainFields>,
  };
}

function columnSources(before: readonly Column[], after: readonly Column[]): ColumnSource[] {
  return after.map((column) => {
    const at = before.indexOf(column);
    return at < 0 ? column : at;
  });
}

/** Returns the graph after the edit. @param before equal to the one the delta was made from; its columns are shared */
export function applyDelta(before: Graph, delta: GraphDelta): Graph {
  return {
    ...before,
    ...delta.fields,
    version: delta.version,
    nodeTypes: delta.nodeTypes.map(({ name, columns }, type) => ({
      name,
      columns: takeColumns(before.nodeTypes[type]?.columns ?? [], columns),
    })),
    edgeColumns: takeColumns(before.edgeColumns, delta.edgeColumns),
  };
}

function takeColumns(before: readonly Column[], sources: readonly ColumnSource[]): Column[] {
  return sources.map((source) => (typeof source === 'number' ? (before[source] as Column) : source));
}

/**
 * Assembles a Graph from per-type tables: global indices, edges sorted by type (stable), columns permuted with them,
 * and the content hash. Callers hand over finished columns; nothing is copied that need not be. The one place where
 * a Graph comes into being. Checks are in `validateGraph.ts` and run here.
 */
import { allocateInt32 } from './buffers.ts';
import type { Column } from './columns.ts';
import { permuteColumn } from './columnPermutation.ts';
import { createContentHasher } from './contentHash.ts';
import type { Graph, NodeType } from './graph.ts';
import { groupBy } from './sparseMatrix.ts';
import type { Utf8Table } from './utf8Table.ts';
import { validateGraph } from './validateGraph.ts';

export interface NodeTableInput {
  readonly type: string;
  readonly columns: readonly Column[];
  readonly count: number;
}

export interface EdgeTypeInput {
  readonly relation: string;
  /** Indices into the node tables. */
  readonly sourceType: number;
  readonly targetType: number;
  readonly directed: boolean;
}

export interface GraphInput {
  readonly name: string;
  readonly nodeTables: readonly NodeTableInput[];
  /** Ids of all nodes, tables one after another. */
  readonly nodeIds: Utf8Table;
  readonly edgeTypes: readonly EdgeTypeInput[];
  /** [E] global node indices, in file order. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** [E] index into `edgeTypes`, or null when there is one type. */
  readonly edgeType: Int32Array | null;
  readonly edgeColumns: readonly Column[];
}

/**
 * Returns the graph of the given tables.
 * @throws {InvalidGraphError} a column of the wrong length, an end outside its node type, duplicate type names
 * O(E + N + bytes of columns).
 */
export function buildGraph(input: GraphInput): Graph {
  const nodeTypePtr = new Int32Array(input.nodeTables.length + 1);
  input.nodeTables.forEach((table, type) => {
    nodeTypePtr[type + 1] = (nodeTypePtr[type] as number) + table.count;
  });
  const numTypes = input.edgeTypes.length;
  let { source, target, edgeColumns } = input;
  let edgeTypePtr: Int32Array;
  if (input.edgeType === null || numTypes <= 1) {
    edgeTypePtr = numTypes === 0 ? Int32Array.of(0) : Int32Array.of(0, source.length);
  } else {
    const { ptr, perm } = groupBy(input.edgeType, numTypes);
    edgeTypePtr = ptr;
    source = gather(input.source, perm);
    target = gather(input.target, perm);
    edgeColumns = input.edgeColumns.map((column) => permuteColumn(column, perm));
  }
  const graph: Graph = {
    name: input.name,
    version: '',
    nodeTypes: input.nodeTables.map((table): NodeType => ({ name: table.type, columns: table.columns })),
    nodeTypePtr,
    nodeIds: input.nodeIds,
    edgeTypes: {
      length: numTypes,
      relation: input.edgeTypes.map((type) => type.relation),
      sourceType: Int32Array.from(input.edgeTypes, (type) => type.sourceType),
      targetType: Int32Array.from(input.edgeTypes, (type) => type.targetType),
      directed: Uint8Array.from(input.edgeTypes, (type) => (type.directed ? 1 : 0)),
    },
    edgeTypePtr,
    source,
    target,
    edgeColumns,
    deletedNodes: null,
    deletedEdges: null,
  };
  validateGraph(graph);
  return { ...graph, version: hashGraph(graph) };
}

function gather(values: Int32Array, perm: Int32Array): Int32Array {
  const out = allocateInt32(perm.length);
  for (let at = 0; at < perm.length; at++) out[at] = values[perm[at] as number] as number;
  return out;
}

/** Content hash over every table of the graph; the name does not count. */
export function hashGraph(graph: Graph): string {
  const hasher = createContentHasher();
  hasher.bytes(graph.nodeTypePtr).bytes(graph.nodeIds.offsets).bytes(graph.nodeIds.bytes);
  for (const type of graph.nodeTypes) {
    hasher.text(type.name);
    for (const column of type.columns) hashColumn(hasher, column);
  }
  for (const relation of graph.edgeTypes.relation) hasher.text(relation);
  hasher.bytes(graph.edgeTypes.sourceType).bytes(graph.edgeTypes.targetType).bytes(graph.edgeTypes.directed);
  hasher.bytes(graph.edgeTypePtr).bytes(graph.source).bytes(graph.target);
  for (const column of graph.edgeColumns) hashColumn(hasher, column);
  if (graph.deletedNodes !== null) hasher.bytes(graph.deletedNodes.bits);
  if (graph.deletedEdges !== null) hasher.bytes(graph.deletedEdges.bits);
  return hasher.hex();
}

function hashColumn(hasher: ReturnType<typeof createContentHasher>, column: Column): void {
  hasher.text(column.kind).text(column.name);
  if (column.validity !== null) hasher.bytes(column.validity.bits);
  switch (column.kind) {
    case 'category':
      hasher.bytes(column.codes);
      for (const category of column.dictionary) hasher.text(category);
      return;
    case 'text':
      hasher.bytes(column.text.offsets).bytes(column.text.bytes);
      return;
    case 'sparse':
      hasher.number(column.width).bytes(column.rowPtr).bytes(column.colIndex).bytes(column.values);
      return;
    case 'vector':
      hasher.number(column.width).bytes(column.values);
      return;
    default:
      hasher.bytes(column.values);
  }
}

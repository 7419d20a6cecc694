/**
 * Edits of the columns of one table of a graph: put, drop, rename. Each returns a new version that shares every
 * untouched column, with its content hash; indices stay. Names of types and relations: `renameTypes.ts`.
 */
import type { Column } from '../columns.ts';
import { InvalidGraphError } from '../errors.ts';
import type { Graph } from '../graph.ts';
import { hashGraph } from '../graphBuilder.ts';
import { nearMatches } from '../nearMatches.ts';
import { validateGraph } from '../validateGraph.ts';

/** A table of columns: that of a node type, or the one edge table. */
export type TableRef = { readonly kind: 'nodes'; readonly type: string } | { readonly kind: 'edges' };

export interface PutOptions {
  /** Take the place of a column of the same name instead of refusing. */
  readonly replace?: boolean;
}

/**
 * Returns the graph as a new version.
 * @throws {InvalidGraphError} the tables contradict each other
 */
export function newVersion(graph: Graph): Graph {
  validateGraph(graph);
  return { ...graph, version: hashGraph(graph) };
}

/** @throws {InvalidGraphError} no such node type, with the closest names */
export function nodeTypeIndex(graph: Graph, name: string): number {
  const index = graph.nodeTypes.findIndex((type) => type.name === name);
  if (index >= 0) return index;
  const names = graph.nodeTypes.map((type) => type.name);
  throw new InvalidGraphError(`There is no node type '${name}'.`, {
    code: 'unknown-node-type',
    remedy: `Did you mean ${quotedMatches(name, names)}?`,
    details: { nodeType: name },
  });
}

/** @throws {InvalidGraphError} no such node type */
export function tableColumns(graph: Graph, table: TableRef): readonly Column[] {
  if (table.kind === 'edges') return graph.edgeColumns;
  return graph.nodeTypes[nodeTypeIndex(graph, table.type)]?.columns ?? [];
}

/** @throws {InvalidGraphError} no such table or column, with the closest names */
export function tableColumn(graph: Graph, table: TableRef, name: string): Column {
  const columns = tableColumns(graph, table);
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  throw new InvalidGraphError(`${tableName(table)} has no column '${name}'.`, {
    code: 'unknown-column',
    remedy:
      columns.length === 0
        ? 'The table has no columns yet.'
        : `Did you mean ${quotedMatches(
            name,
            columns.map((column) => column.name),
          )}?`,
    details: { column: name, table: tableName(table) },
  });
}

/**
 * Returns the graph with the column added at the end of the table, or in the place of its namesake with `replace`.
 * @throws {InvalidGraphError} no such node type, another number of rows, or a name that is taken
 * O(bytes of the graph), for the hash.
 */
export function putColumn(graph: Graph, table: TableRef, column: Column, options: PutOptions = {}): Graph {
  return newVersion(withColumnPut(graph, table, column, options));
}

/** `putColumn` without the new version: for several edits that become one. @throws {InvalidGraphError} as there */
export function withColumnPut(
  graph: Graph,
  table: TableRef,
  column: Column,
  { replace = false }: PutOptions = {},
): Graph {
  const columns = tableColumns(graph, table);
  const at = columns.findIndex((candidate) => candidate.name === column.name);
  if (at < 0) return withTableColumns(graph, table, [...columns, column]);
  if (!replace) refuseName(table, column.name);
  return withTableColumns(graph, table, columns.with(at, column));
}

/** @throws {InvalidGraphError} no such table or column */
export function dropColumn(graph: Graph, table: TableRef, name: string): Graph {
  const dropped = tableColumn(graph, table, name);
  const kept = tableColumns(graph, table).filter((column) => column !== dropped);
  return newVersion(withTableColumns(graph, table, kept));
}

/** @throws {InvalidGraphError} no such table or column, the new name is empty or taken */
export function renameColumn(graph: Graph, table: TableRef, from: string, to: string): Graph {
  const renamed = tableColumn(graph, table, from);
  if (to === from) return graph;
  if (to === '') refuseEmptyName(`column '${from}'`);
  const columns = tableColumns(graph, table);
  if (columns.some((column) => column.name === to)) refuseName(table, to);
  const changed = columns.map((column) => (column === renamed ? { ...column, name: to } : column));
  return newVersion(withTableColumns(graph, table, changed));
}

export function refuseEmptyName(what: string): never {
  throw new InvalidGraphError(`The new name of ${what} is empty.`, {
    code: 'empty-name',
    remedy: 'Give it a name of at least one character.',
  });
}

function withTableColumns(graph: Graph, table: TableRef, columns: readonly Column[]): Graph {
  if (table.kind === 'edges') return { ...graph, edgeColumns: columns };
  const index = nodeTypeIndex(graph, table.type);
  return { ...graph, nodeTypes: graph.nodeTypes.with(index, { name: table.type, columns }) };
}

function refuseName(table: TableRef, name: string): never {
  throw new InvalidGraphError(`${tableName(table)} already has a column '${name}'.`, {
    code: 'duplicate-column',
    remedy: 'Choose another name, or drop that column first.',
    details: { column: name, table: tableName(table) },
  });
}

function tableName(table: TableRef): string {
  return table.kind === 'edges' ? 'The edge table' : `Node type '${table.type}'`;
}

export function quotedMatches(name: string, known: Iterable<string>): string {
  return nearMatches(name, known)
    .map((near) => `'${near}'`)
    .join(', ');
}

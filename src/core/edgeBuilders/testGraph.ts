/** Small graphs for the tests of the builders. */
import { bitsetOf } from '../bitset.ts';
import type { Column, SparseColumn, VectorColumn } from '../columns.ts';
import type { Graph } from '../graph.ts';
import { buildGraph, type EdgeTypeInput } from '../graphBuilder.ts';
import { utf8Table } from '../utf8Table.ts';
import type { BuiltEdges } from './edgeBuilderTypes.ts';

/** A table of `count` items without edges, after a table of two others: rows are not global indices. */
export function itemGraph(count: number, columns: readonly Column[]): Graph {
  return buildGraph({
    name: 'items',
    nodeTables: [
      { type: 'other', columns: [], count: 2 },
      { type: 'item', columns, count },
    ],
    nodeIds: utf8Table(['o0', 'o1', ...Array.from({ length: count }, (_, row) => `i${row}`)]),
    edgeTypes: [],
    source: new Int32Array(0),
    target: new Int32Array(0),
    edgeType: null,
    edgeColumns: [],
  });
}

/** Global index of the first item of `itemGraph`. */
export const FIRST_ITEM = 2;

/** Nodes of types a and b with the given edges, one list per edge type. */
export function edgeGraph(
  sizes: readonly [a: number, b: number],
  edgeTypes: readonly (EdgeTypeInput & { readonly edges: readonly (readonly [number, number])[] })[],
  edgeColumns: readonly Column[] = [],
): Graph {
  const edges = edgeTypes.flatMap((type, index) => type.edges.map(([from, to]) => ({ from, to, index })));
  return buildGraph({
    name: 'edges',
    nodeTables: [
      { type: 'a', columns: [], count: sizes[0] },
      { type: 'b', columns: [], count: sizes[1] },
    ],
    nodeIds: utf8Table(Array.from({ length: sizes[0] + sizes[1] }, (_, node) => `n${node}`)),
    edgeTypes,
    source: Int32Array.from(edges, (edge) => edge.from),
    target: Int32Array.from(edges, (edge) => edge.to),
    edgeType: Int32Array.from(edges, (edge) => edge.index),
    edgeColumns,
  });
}

export function numberColumn(name: string, cells: readonly (number | null)[]): Column {
  return {
    kind: 'f64',
    name,
    length: cells.length,
    validity: validityOf(cells),
    values: Float64Array.from(cells, (cell) => cell ?? 0),
  };
}

export function vectorColumn(
  name: string,
  rows: readonly (readonly number[])[],
  width: number,
): VectorColumn {
  return {
    kind: 'vector',
    name,
    length: rows.length,
    validity: null,
    width,
    values: Float32Array.from(rows.flat()),
  };
}

/** Zeros are not stored. */
export function sparseColumn(
  name: string,
  rows: readonly (readonly number[])[],
  width: number,
): SparseColumn {
  const stored = rows.map((row) => row.flatMap((value, column) => (value === 0 ? [] : [{ value, column }])));
  const rowPtr = [0];
  for (const row of stored) rowPtr.push((rowPtr.at(-1) as number) + row.length);
  return {
    kind: 'sparse',
    name,
    length: rows.length,
    validity: null,
    width,
    rowPtr: Int32Array.from(rowPtr),
    colIndex: Int32Array.from(stored.flat(), (entry) => entry.column),
    values: Float32Array.from(stored.flat(), (entry) => entry.value),
  };
}

export function categoryColumn(name: string, cells: readonly (string | null)[]): Column {
  const dictionary = [...new Set(cells.filter((cell) => cell !== null))];
  return {
    kind: 'category',
    name,
    length: cells.length,
    validity: validityOf(cells),
    dictionary,
    codes: Int32Array.from(cells, (cell) => Math.max(0, dictionary.indexOf(cell ?? ''))),
  };
}

export function boolColumn(name: string, cells: readonly boolean[]): Column {
  return {
    kind: 'bool',
    name,
    length: cells.length,
    validity: null,
    values: Uint8Array.from(cells, Number),
  };
}

export function textColumn(name: string, cells: readonly (string | null)[]): Column {
  return {
    kind: 'text',
    name,
    length: cells.length,
    validity: validityOf(cells),
    text: utf8Table(cells.map((cell) => cell ?? '')),
  };
}

function validityOf(cells: readonly unknown[]) {
  if (!cells.includes(null)) return null;
  return bitsetOf(
    cells.length,
    cells.flatMap((cell, row) => (cell === null ? [] : [row])),
  );
}

/** Edges as [source, target, weight] in their order. */
export function triples({ source, target, weight }: BuiltEdges, first = FIRST_ITEM): number[][] {
  return [...source].map((from, edge) => [
    from - first,
    (target[edge] as number) - first,
    ...(weight === null ? [] : [weight[edge] as number]),
  ]);
}

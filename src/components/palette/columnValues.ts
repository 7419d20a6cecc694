/**
 * One column spread over the global node index, or over the edges, ready to colour by: categories as codes with their
 * colours, numbers with their range. Computed once per graph and column, on first use. Text, vectors and sparse columns
 * have no colour.
 */
import { type Column, isNumeric, isValid } from '../../core/columns.ts';
import { edgeTypeOf, type Graph, numEdges, numNodes } from '../../core/graph.ts';
import { classColours, REST_CSS, type Rgba, rgbaOf } from './palette.ts';

/** Classes in their display order with the colour each keeps everywhere. */
export interface ClassScale {
  readonly names: readonly string[];
  /** [C] nodes per class. */
  readonly counts: Int32Array;
  readonly css: readonly string[];
  readonly rgba: readonly Rgba[];
}

export interface CategoryValues {
  readonly kind: 'category';
  readonly scale: ClassScale;
  /** [N] class per node, -1 = missing. */
  readonly codes: Int32Array;
}

/** Colour of a class code, grey for -1 and for codes without a colour. */
export function classColour(scale: ClassScale | null, code: number): string {
  return scale?.css[code] ?? REST_CSS;
}

export interface NumericValues {
  readonly kind: 'numeric';
  /** [N], NaN = missing. */
  readonly values: Float64Array;
  readonly min: number;
  readonly max: number;
  readonly isDate: boolean;
}

export type ColumnValues = CategoryValues | NumericValues;

/** Most distinct integers that are still read as classes; the same bound as `core/taskDefaults.ts`. */
const MAX_INTEGER_CLASSES = 200;

const cache = new WeakMap<Graph, Map<string, ColumnValues | null>>();

function remembered(graph: Graph, key: string, make: () => ColumnValues | null): ColumnValues | null {
  let values = cache.get(graph);
  if (values === undefined) {
    values = new Map();
    cache.set(graph, values);
  }
  const known = values.get(key);
  if (known !== undefined) return known;
  const made = make();
  values.set(key, made);
  return made;
}

interface TypedColumn {
  readonly column: Column;
  /** Global index of the column's first row. */
  readonly start: number;
}

function columnsNamed(graph: Graph, name: string): TypedColumn[] {
  return graph.nodeTypes.flatMap((type, index) => {
    const column = type.columns.find((candidate) => candidate.name === name);
    return column === undefined ? [] : [{ column, start: graph.nodeTypePtr[index] as number }];
  });
}

export function classScale(names: readonly string[], counts: Int32Array): ClassScale {
  const css = classColours(names.length, counts);
  return { names, counts, css, rgba: css.map(rgbaOf) };
}

function categories(
  length: number,
  rows: (add: (node: number, name: string) => void) => void,
): CategoryValues {
  const codes = new Int32Array(length).fill(-1);
  const codeOf = new Map<string, number>();
  const counts: number[] = [];
  rows((node, name) => {
    let code = codeOf.get(name);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(name, code);
      counts.push(0);
    }
    if (node < 0) return;
    codes[node] = code;
    counts[code] = (counts[code] as number) + 1;
  });
  return { kind: 'category', scale: classScale([...codeOf.keys()], Int32Array.from(counts)), codes };
}

function spreadCategories(length: number, parts: readonly TypedColumn[]): CategoryValues {
  return categories(length, (add) => {
    for (const { column, start } of parts) {
      // Announced first (node -1), so that classes keep the dictionary's order and unused ones keep their colour.
      if (column.kind === 'category') for (const name of column.dictionary) add(-1, name);
      else for (const name of ['false', 'true']) add(-1, name);
      for (let row = 0; row < column.length; row++) {
        if (!isValid(column, row)) continue;
        if (column.kind === 'category') {
          const name = column.dictionary[column.codes[row] as number];
          if (name !== undefined) add(start + row, name);
        } else if (column.kind === 'bool') add(start + row, column.values[row] === 1 ? 'true' : 'false');
      }
    }
  });
}

function spreadNumbers(length: number, parts: readonly TypedColumn[]): NumericValues {
  const values = new Float64Array(length).fill(NaN);
  let min = Infinity;
  let max = -Infinity;
  for (const { column, start } of parts) {
    if (!isNumeric(column) && column.kind !== 'date') continue;
    for (let row = 0; row < column.length; row++) {
      const value = column.values[row] as number;
      if (!isValid(column, row) || !Number.isFinite(value)) continue;
      values[start + row] = value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return { kind: 'numeric', values, min, max, isDate: parts.every((part) => part.column.kind === 'date') };
}

const isClassed = (column: Column): boolean => column.kind === 'category' || column.kind === 'bool';
const isMeasured = (column: Column): boolean => isNumeric(column) || column.kind === 'date';

/** Returns the column over all nodes, or null when no node type has it in a kind that can be coloured. O(N). */
export function columnValues(graph: Graph, name: string): ColumnValues | null {
  return remembered(graph, name, () => {
    return spread(numNodes(graph), columnsNamed(graph, name));
  });
}

function spread(length: number, parts: readonly TypedColumn[]): ColumnValues | null {
  const classed = parts.filter((part) => isClassed(part.column));
  if (classed.length > 0) return spreadCategories(length, classed);
  const measured = parts.filter((part) => isMeasured(part.column));
  return measured.length > 0 ? spreadNumbers(length, measured) : null;
}

/** Returns the edge column over all edges, or null when the graph has none of that name in a kind that can be coloured. */
export function edgeValues(graph: Graph, name: string): ColumnValues | null {
  return remembered(graph, `edges:${name}`, () =>
    spread(
      numEdges(graph),
      graph.edgeColumns.filter((column) => column.name === name).map((column) => ({ column, start: 0 })),
    ),
  );
}

/** Relations as classes, over the edges; edge types of one name are one class. O(E). */
export function relationValues(graph: Graph): CategoryValues {
  const relations = remembered(graph, ':relations', () =>
    categories(numEdges(graph), (add) => {
      for (const name of graph.edgeTypes.relation) add(-1, name);
      for (let edge = 0; edge < numEdges(graph); edge++) {
        add(edge, graph.edgeTypes.relation[edgeTypeOf(graph, edge)] ?? '');
      }
    }),
  );
  return relations as CategoryValues;
}

/** The column as classes: categories as they are, integers of up to 200 distinct values by value; else null. */
export function classValues(graph: Graph, name: string): CategoryValues | null {
  const found = columnValues(graph, name);
  if (found === null || found.kind === 'category') return found;
  const classes = remembered(graph, `classes:${name}`, () => {
    const distinct = new Set<number>();
    for (const value of found.values) {
      if (Number.isNaN(value)) continue;
      distinct.add(value);
      if (!Number.isInteger(value) || distinct.size > MAX_INTEGER_CLASSES) return null;
    }
    return categories(numNodes(graph), (add) => {
      for (const value of [...distinct].sort((a, b) => a - b)) add(-1, String(value));
      found.values.forEach((value, node) => {
        if (!Number.isNaN(value)) add(node, String(value));
      });
    });
  });
  return classes?.kind === 'category' ? classes : null;
}

/** Node types as classes: what a graph without labels is coloured by. */
export function nodeTypeValues(graph: Graph): CategoryValues {
  const types = remembered(graph, ':node-types', () =>
    categories(numNodes(graph), (add) => {
      for (const type of graph.nodeTypes) add(-1, type.name);
      graph.nodeTypes.forEach((type, index) => {
        const end = graph.nodeTypePtr[index + 1] as number;
        for (let node = graph.nodeTypePtr[index] as number; node < end; node++) add(node, type.name);
      });
    }),
  );
  return types as CategoryValues;
}

const namesOf = (columns: readonly Column[], isWanted: (column: Column) => boolean): string[] => [
  ...new Set(columns.filter(isWanted).map((column) => column.name)),
];

const nodeColumns = (graph: Graph): Column[] => graph.nodeTypes.flatMap((type) => [...type.columns]);

/** Names of the columns `columnValues` can colour by, each once, in table order. */
export const colourableColumns = (graph: Graph): string[] =>
  namesOf(nodeColumns(graph), (column) => isClassed(column) || isMeasured(column));

/** Names of the columns of numbers and dates. */
export const measuredColumns = (graph: Graph): string[] => namesOf(nodeColumns(graph), isMeasured);

/** Names of the columns with few enough classes that each can have a shape. */
export const shapeableColumns = (graph: Graph, maxClasses: number): string[] =>
  namesOf(nodeColumns(graph), isClassed).filter((name) => {
    const values = columnValues(graph, name);
    return values?.kind === 'category' && values.scale.names.length <= maxClasses;
  });

export const colourableEdgeColumns = (graph: Graph): string[] =>
  namesOf(graph.edgeColumns, (column) => isClassed(column) || isMeasured(column));

export const measuredEdgeColumns = (graph: Graph): string[] => namesOf(graph.edgeColumns, isMeasured);

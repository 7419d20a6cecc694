/**
 * One column spread over the global node index, ready to colour by: categories as codes with their colours, numbers
 * with their range. Computed once per graph and column, on first use. Text, vectors and sparse columns have no colour.
 */
import { type Column, isNumeric, isValid } from '../../core/columns.ts';
import { type Graph, numNodes } from '../../core/graph.ts';
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

function categories(graph: Graph, rows: (add: (node: number, name: string) => void) => void): CategoryValues {
  const codes = new Int32Array(numNodes(graph)).fill(-1);
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

function spreadCategories(graph: Graph, parts: readonly TypedColumn[]): CategoryValues {
  return categories(graph, (add) => {
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

function spreadNumbers(graph: Graph, parts: readonly TypedColumn[]): NumericValues {
  const values = new Float64Array(numNodes(graph)).fill(NaN);
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
    const parts = columnsNamed(graph, name);
    const classed = parts.filter((part) => isClassed(part.column));
    if (classed.length > 0) return spreadCategories(graph, classed);
    const measured = parts.filter((part) => isMeasured(part.column));
    return measured.length > 0 ? spreadNumbers(graph, measured) : null;
  });
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
    return categories(graph, (add) => {
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
    categories(graph, (add) => {
      for (const type of graph.nodeTypes) add(-1, type.name);
      graph.nodeTypes.forEach((type, index) => {
        const end = graph.nodeTypePtr[index + 1] as number;
        for (let node = graph.nodeTypePtr[index] as number; node < end; node++) add(node, type.name);
      });
    }),
  );
  return types as CategoryValues;
}

/** Names of the columns `columnValues` can colour by, each once, in table order. */
export function colourableColumns(graph: Graph): string[] {
  const names = new Set<string>();
  for (const type of graph.nodeTypes) {
    for (const column of type.columns) if (isClassed(column) || isMeasured(column)) names.add(column.name);
  }
  return [...names];
}

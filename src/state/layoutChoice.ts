/**
 * What a layout can be told about the open graph: which columns it may go by, what it lacks, and the numbers that its
 * choices stand for. Pure.
 */
import { type Column, isNumeric, isValid } from '../core/columns.ts';
import { type Graph, numNodes } from '../core/graph.ts';
import type { ChoiceSpec, ParameterSpec, ParameterValues } from '../core/parameters.ts';
import type { ColumnKinds, LayoutSummary } from '../layouts/layoutTypes.ts';
import type { LoadedGraph, RunSlice } from './types.ts';

export const DEFAULT_LAYOUT = 'force-atlas-2';
const BY_COLUMNS = 'columns';
const COLUMN = 'column:';

/** Names of numeric columns and dates, or those and categories, each once, in table order. */
export function layoutColumns(graph: Graph, kinds: ColumnKinds): string[] {
  const isUsable = (column: Column): boolean =>
    isNumeric(column) ||
    column.kind === 'date' ||
    (kinds === 'values' && (column.kind === 'category' || column.kind === 'bool'));
  return [
    ...new Set(graph.nodeTypes.flatMap((type) => type.columns.filter(isUsable).map(({ name }) => name))),
  ];
}

/**
 * Returns [N] the column's numbers over all nodes, NaN where a node has none: dates as milliseconds, booleans as 0 and 1,
 * categories as minus their place in the display order, so that the first is the highest. O(N).
 */
export function columnNumbers(graph: Graph, name: string): Float64Array {
  const numbers = new Float64Array(numNodes(graph)).fill(NaN);
  const placeOf = new Map<string, number>();
  graph.nodeTypes.forEach((type, index) => {
    const column = type.columns.find((candidate) => candidate.name === name);
    if (column === undefined) return;
    const offset = graph.nodeTypePtr[index] as number;
    const valueAt = reader(column, placeOf);
    for (let row = 0; row < column.length; row++) {
      if (isValid(column, row)) numbers[offset + row] = valueAt(row);
    }
  });
  return numbers;
}

/** @param placeOf places of category names, shared by the node types */
function reader(column: Column, placeOf: Map<string, number>): (row: number) => number {
  switch (column.kind) {
    case 'f32':
    case 'f64':
    case 'i32':
    case 'date':
    case 'bool':
      return (row) => column.values[row] as number;
    case 'category': {
      for (const name of column.dictionary) if (!placeOf.has(name)) placeOf.set(name, placeOf.size);
      return (row) => -(placeOf.get(column.dictionary[column.codes[row] as number] ?? '') ?? NaN);
    }
    default:
      return () => NaN;
  }
}

export interface PositionColumns {
  readonly x: string;
  readonly y: string;
  /** They are degrees of longitude and latitude. */
  readonly isMap: boolean;
}

/** The usual names of coordinates; what readers of drawings (GEXF, GML, Pajek, …) call theirs comes last. */
const POSITION_NAMES: readonly { readonly x: string[]; readonly y: string[]; readonly isMap: boolean }[] = [
  { x: ['longitude', 'lon', 'lng', 'long'], y: ['latitude', 'lat'], isMap: true },
  { x: ['x'], y: ['y'], isMap: false },
];

/** Returns the columns that say where the nodes are drawn: at least half have a pair, and not all the same. O(N). */
export function positionColumns(graph: Graph): PositionColumns | null {
  const names = layoutColumns(graph, 'numbers');
  const find = (wanted: readonly string[]): string | undefined =>
    names.find((name) => wanted.includes(name.toLowerCase()));
  for (const { x: forX, y: forY, isMap } of POSITION_NAMES) {
    const [x, y] = [find(forX), find(forY)];
    if (x === undefined || y === undefined) continue;
    if (arePlaces(columnNumbers(graph, x), columnNumbers(graph, y), isMap)) return { x, y, isMap };
  }
  return null;
}

function arePlaces(x: Float64Array, y: Float64Array, isMap: boolean): boolean {
  let count = 0;
  let first = -1;
  let hasTwo = false;
  for (let node = 0; node < x.length; node++) {
    const [across, up] = [x[node] as number, y[node] as number];
    if (!Number.isFinite(across) || !Number.isFinite(up)) continue;
    if (isMap && (Math.abs(up) > 90 || Math.abs(across) > 360)) return false;
    if (first < 0) first = node;
    else hasTwo ||= across !== x[first] || up !== y[first];
    count++;
  }
  return hasTwo && 2 * count >= x.length;
}

/** Returns the layout that a graph is opened with: its own positions where it brings some. */
export function firstLayout({ graph, report }: Pick<LoadedGraph, 'graph' | 'report'>): {
  readonly layoutId: string;
  readonly layoutValues: Readonly<Record<string, ParameterValues>>;
} {
  const found = positionColumns(graph);
  if (found === null) return { layoutId: DEFAULT_LAYOUT, layoutValues: {} };
  return {
    layoutId: BY_COLUMNS,
    layoutValues: {
      [BY_COLUMNS]: {
        x: COLUMN + found.x,
        y: COLUMN + found.y,
        scale: found.isMap ? 'map' : 'auto',
        // Gephi counts upwards; the other programs that save drawings count as screens do, from the top.
        direction: found.isMap || report.formatId === 'gexf' ? 'up' : 'down',
      },
    },
  };
}

/** Returns the layout's parameters with the columns of the graph among their options. */
export function layoutSpecs(layout: LayoutSummary, graph: Graph): ParameterSpec[] {
  const taken = new Set<string>();
  return layout.parameters.map((spec) => {
    const kinds = layout.columns[spec.id];
    if (kinds === undefined || spec.kind !== 'choice') return spec;
    const options = layoutColumns(graph, kinds).map((name) => ({ id: COLUMN + name, name }));
    const wanted = spec.default === '' ? (options.find(({ id }) => !taken.has(id))?.id ?? '') : spec.default;
    taken.add(wanted);
    return { ...spec, options: [...spec.options, ...options], default: wanted } satisfies ChoiceSpec;
  });
}

/** Returns the values to show and to run with: what was set and is still there to choose, else the default. */
export function layoutValues(
  specs: readonly ParameterSpec[],
  set: ParameterValues | undefined,
): ParameterValues {
  return Object.fromEntries(
    specs.map((spec) => {
      const value = set?.[spec.id] ?? spec.default;
      const isGone = spec.kind === 'choice' && spec.options.every(({ id }) => id !== value);
      return [spec.id, isGone ? spec.default : value];
    }),
  );
}

type RunView = Pick<RunSlice, 'description' | 'snapshot'>;

/** Whether the run under way, or the last, has placed the nodes of this graph in the embedding view. */
export function hasEmbedding(graph: Graph, { description, snapshot }: RunView): boolean {
  const coordinates = snapshot?.coordinates ?? null;
  return coordinates !== null && description?.graphVersion === graph.version;
}

/** Returns why the layout cannot be used now, in a few words; null when it can. */
export function layoutRefusal(layout: LayoutSummary, graph: Graph, isEmbedded: boolean): string | null {
  if (layout.needs === 'directed-edges' && !graph.edgeTypes.directed.includes(1))
    return 'needs directed edges';
  if (layout.needs === 'embedding' && !isEmbedded) return 'needs a trained model';
  const needsColumn = layout.parameters.filter(
    (spec) => layout.columns[spec.id] !== undefined && spec.default === '',
  );
  const kinds = needsColumn[0] === undefined ? undefined : layout.columns[needsColumn[0].id];
  if (kinds !== undefined && layoutColumns(graph, kinds).length < needsColumn.length) {
    return 'needs two numeric columns';
  }
  return null;
}

/** Returns the parameters and numbers to run the layout with. O(N) per column. */
export function layoutData(
  layout: LayoutSummary,
  set: ParameterValues | undefined,
  graph: Graph,
  run: RunView,
): { readonly parameters: ParameterValues; readonly numbers: Readonly<Record<string, Float64Array>> } {
  const numbers: Record<string, Float64Array> =
    layout.needs === 'embedding' ? { ...embeddingNumbers(graph, run) } : {};
  const parameters: Record<string, ParameterValues[string]> = {};
  for (const [id, value] of Object.entries(layoutValues(layoutSpecs(layout, graph), set))) {
    const isColumn = layout.columns[id] !== undefined && String(value).startsWith(COLUMN);
    if (isColumn) numbers[id] = columnNumbers(graph, String(value).slice(COLUMN.length));
    else parameters[id] = value;
  }
  return { parameters, numbers };
}

/** NaN for nodes that the embedding leaves out; nothing while there is none. */
function embeddingNumbers(graph: Graph, run: RunView): Readonly<Record<string, Float64Array>> {
  const { description, snapshot } = run;
  const coordinates = snapshot?.coordinates ?? null;
  if (description === null || coordinates === null || !hasEmbedding(graph, run)) return {};
  const x = new Float64Array(numNodes(graph)).fill(NaN);
  const y = x.slice();
  const start = description.nodeRange[0];
  for (let at = 0; 2 * at < coordinates.length; at++) {
    x[start + at] = coordinates[2 * at] as number;
    y[start + at] = coordinates[2 * at + 1] as number;
  }
  return { x, y };
}

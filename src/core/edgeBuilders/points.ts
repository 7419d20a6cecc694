/**
 * Chosen columns as points: dense rows of numbers, or sparse rows and sets, which are never densified. Non-finite cells
 * end here, so that distances need no checks.
 */
import { type Column, isNumeric, type SparseColumn, type VectorColumn } from '../columns.ts';
import { InvalidGraphError, TaskError } from '../errors.ts';
import { type Graph, nodeId } from '../graph.ts';
import type { ChosenRows } from './chosenColumns.ts';
import type { ColumnNeed } from './edgeBuilderTypes.ts';

export interface DensePoints {
  readonly kind: 'dense';
  /** [n] global node indices, ascending. */
  readonly nodes: Int32Array;
  readonly width: number;
  /** [n · width] row-major. Number columns in their own precision; vectors as stored. */
  readonly values: Float32Array | Float64Array;
}

/** Compressed sparse rows [n, width]. */
export interface SparsePoints {
  readonly kind: 'sparse';
  readonly nodes: Int32Array;
  readonly width: number;
  readonly rowPtr: Int32Array;
  readonly colIndex: Int32Array;
  readonly values: Float32Array | Float64Array;
}

export type Points = DensePoints | SparsePoints;

export const POINT_COLUMNS: ColumnNeed = {
  kinds: ['vector', 'sparse', 'f32', 'f64', 'i32', 'date', 'bool', 'category'],
  least: 1,
  most: null,
  words: 'one vector column, one sparse column, number columns, or yes/no and category columns',
};

/** Squares and products of two such magnitudes, summed over any width, stay finite even as float32 weights. */
const MAX_MAGNITUDE = 1e18;

/**
 * Returns the points of the chosen rows. Number and date columns stand side by side; yes/no and category columns become
 * sets with a member per true cell and per category. O(stored values).
 * @throws {TaskError} a mixture of columns that has no common distance
 * @throws {InvalidGraphError} a value that is not finite, or beyond 1e18
 */
export function readPoints(graph: Graph, chosen: ChosenRows): Points {
  const { columns } = chosen;
  const [only] = columns;
  if (columns.every((column) => isNumeric(column) || column.kind === 'date')) {
    return numberPoints(graph, chosen);
  }
  if (columns.every((column) => column.kind === 'bool' || column.kind === 'category'))
    return setPoints(chosen);
  if (columns.length === 1 && only?.kind === 'vector') return vectorPoints(graph, chosen, only);
  if (columns.length === 1 && only?.kind === 'sparse') return sparsePoints(graph, chosen, only);
  throw new TaskError(
    `${columns.map((column) => `'${column.name}' (${column.kind})`).join(', ')} cannot be compared together.`,
    {
      code: 'edge-column-mixture',
      remedy: `Choose ${POINT_COLUMNS.words}.`,
      details: { columns: columns.map((column) => column.name) },
    },
  );
}

function numberPoints(graph: Graph, { rows, nodes, columns }: ChosenRows): DensePoints {
  const width = columns.length;
  const values = new Float64Array(rows.length * width);
  columns.forEach((column, at) => {
    const cells = (column as Extract<Column, { readonly values: ArrayLike<number> }>).values;
    rows.forEach((row, point) => {
      values[point * width + at] = checked(graph, nodes[point] as number, column, cells[row] as number);
    });
  });
  return { kind: 'dense', nodes, width, values };
}

function vectorPoints(graph: Graph, { rows, nodes }: ChosenRows, column: VectorColumn): DensePoints {
  const { width } = column;
  const isWhole = rows.length === column.length;
  const values = isWhole ? column.values : new Float32Array(rows.length * width);
  for (let point = 0; point < rows.length; point++) {
    const from = (rows[point] as number) * width;
    for (let at = 0; at < width; at++) {
      const value = checked(graph, nodes[point] as number, column, column.values[from + at] as number);
      if (!isWhole) values[point * width + at] = value;
    }
  }
  return { kind: 'dense', nodes, width, values };
}

/** Rows are copied without stored zeros: they are no common ground of two rows. */
function sparsePoints(graph: Graph, { rows, nodes }: ChosenRows, column: SparseColumn): SparsePoints {
  const rowPtr = new Int32Array(rows.length + 1);
  const colIndex = new Int32Array(column.colIndex.length);
  const values = new Float32Array(column.colIndex.length);
  let used = 0;
  rows.forEach((row, point) => {
    for (let k = column.rowPtr[row] as number; k < (column.rowPtr[row + 1] as number); k++) {
      const value = checked(graph, nodes[point] as number, column, column.values[k] as number);
      if (value === 0) continue;
      colIndex[used] = column.colIndex[k] as number;
      values[used++] = value;
    }
    rowPtr[point + 1] = used;
  });
  return {
    kind: 'sparse',
    nodes,
    width: column.width,
    rowPtr,
    colIndex: colIndex.subarray(0, used),
    values: values.subarray(0, used),
  };
}

function setPoints({ rows, nodes, columns }: ChosenRows): SparsePoints {
  const members = new Int32Array(rows.length * columns.length);
  const rowPtr = new Int32Array(rows.length + 1);
  const firstMember: number[] = [];
  let width = 0;
  for (const column of columns) {
    firstMember.push(width);
    width += column.kind === 'category' ? column.dictionary.length : 1;
  }
  let used = 0;
  rows.forEach((row, point) => {
    columns.forEach((column, at) => {
      const first = firstMember[at] as number;
      if (column.kind === 'category') members[used++] = first + (column.codes[row] as number);
      else if (column.kind === 'bool' && column.values[row] === 1) members[used++] = first;
    });
    rowPtr[point + 1] = used;
  });
  const colIndex = members.slice(0, used);
  return { kind: 'sparse', nodes, width, rowPtr, colIndex, values: new Float32Array(used).fill(1) };
}

function checked(graph: Graph, node: number, column: Column, value: number): number {
  if (Math.abs(value) <= MAX_MAGNITUDE) return value;
  const name = nodeId(graph, node);
  throw new InvalidGraphError(`Column '${column.name}' of node '${name}' holds ${value}.`, {
    code: 'edge-value',
    remedy: `Correct the cell or leave it empty; distances need finite numbers up to ${MAX_MAGNITUDE}.`,
    details: { node: name, column: column.name, value },
  });
}

/**
 * Returns the points with every column shifted to mean 0 and scaled to standard deviation 1 (of the population);
 * a constant column becomes 0. Two passes per column; O(n · width).
 */
export function standardised(points: DensePoints): DensePoints {
  const { width, nodes } = points;
  const values = Float64Array.from(points.values);
  for (let column = 0; column < width; column++) {
    let sum = 0;
    for (let at = column; at < values.length; at += width) sum += values[at] as number;
    const mean = sum / nodes.length;
    let squares = 0;
    for (let at = column; at < values.length; at += width) squares += ((values[at] as number) - mean) ** 2;
    const deviation = Math.sqrt(squares / nodes.length);
    // Rounding of the mean leaves a constant column with a deviation of about its last digit.
    const isConstant = deviation <= 1e-12 * Math.abs(mean);
    for (let at = column; at < values.length; at += width) {
      values[at] = isConstant ? 0 : ((values[at] as number) - mean) / deviation;
    }
  }
  return { ...points, values };
}

/** Returns the points whose index is listed, in that order. */
export function selectPoints<P extends Points>(points: P, kept: Int32Array): P {
  const nodes = kept.map((point) => points.nodes[point] as number);
  const copies = points.values instanceof Float64Array ? Float64Array : Float32Array;
  if (points.kind === 'dense') {
    const { width } = points;
    const values = new copies(kept.length * width);
    kept.forEach((point, at) => {
      values.set(points.values.subarray(point * width, (point + 1) * width), at * width);
    });
    return { ...points, nodes, values };
  }
  const rowPtr = new Int32Array(kept.length + 1);
  kept.forEach((point, at) => {
    rowPtr[at + 1] =
      (rowPtr[at] as number) + (points.rowPtr[point + 1] as number) - (points.rowPtr[point] as number);
  });
  const stored = rowPtr[kept.length] as number;
  const colIndex = new Int32Array(stored);
  const values = new copies(stored);
  kept.forEach((point, at) => {
    const [start, end] = [points.rowPtr[point] as number, points.rowPtr[point + 1] as number];
    colIndex.set(points.colIndex.subarray(start, end), rowPtr[at] as number);
    values.set(points.values.subarray(start, end), rowPtr[at] as number);
  });
  return { ...points, nodes, rowPtr, colIndex, values };
}

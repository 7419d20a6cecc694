/**
 * Patterns on which kernels over the entries of rows are held against their references, and what their contracts share.
 * Used by tests only; names no backend.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import { drawNormal, drawUint32, drawUniform } from '../../../core/random.ts';
import type { SparseMatrix } from '../../../core/sparseMatrix.ts';

export interface Pattern {
  readonly name: string;
  readonly matrix: SparseMatrix;
}

/** Returns standard normal draws, repeated after a prime number of them: a million draws take seconds. */
export function normals(length: number, key: number): Float32Array {
  const PERIOD = 10_007;
  const draws = Float32Array.from({ length: Math.min(length, PERIOD) }, (_, at) => drawNormal(key, at));
  return Float32Array.from({ length }, (_, at) => draws[at % PERIOD] as number);
}

/** A pattern with the given columns in each row. */
function patternOf(name: string, cols: number, rows: readonly (readonly number[])[]): Pattern {
  const rowPtr = new Int32Array(rows.length + 1);
  rows.forEach((row, r) => {
    rowPtr[r + 1] = (rowPtr[r] as number) + row.length;
  });
  const colIndex = Int32Array.from(rows.flat());
  return { name, matrix: { rows: rows.length, cols, rowPtr, colIndex, values: null } };
}

/** Rows of the given lengths whose columns are drawn. */
function drawnPattern(name: string, cols: number, lengths: readonly number[]): Pattern {
  const rows = lengths.map((length, row) =>
    Array.from({ length }, (_, entry) => drawUint32(row + 5, entry) % cols),
  );
  return patternOf(name, cols, rows);
}

/** Methods reference 0.5 with self-loops: nodes 0..3, edges 0-1, 0-2, 1-2, 2-3. */
export const KITE_PATTERN = patternOf('KITE', 4, [
  [0, 1, 2],
  [0, 1, 2],
  [0, 1, 2, 3],
  [2, 3],
]);

/** A node that receives from `leaves` nodes, each of which receives from it. */
export function hubPattern(leaves: number): Pattern {
  const rowPtr = Int32Array.from({ length: leaves + 2 }, (_, row) => (row === 0 ? 0 : leaves + row - 1));
  const colIndex = Int32Array.from({ length: 2 * leaves }, (_, entry) => (entry < leaves ? entry + 1 : 0));
  const matrix = { rows: leaves + 1, cols: leaves + 1, rowPtr, colIndex, values: null };
  return { name: `hub of ${leaves} neighbours`, matrix };
}

/** About 600 entries in 100 rows over 70 columns, some rows empty. */
export const RANDOM_PATTERN = drawnPattern(
  'random',
  70,
  Array.from({ length: 100 }, (_, row) => Math.floor(18 * drawUniform(3, row) ** 2)),
);

/** Small patterns that break kernels: nothing, isolated nodes, self-loops, parallel edges, lengths around thresholds. */
export const SMALL_PATTERNS: readonly Pattern[] = [
  KITE_PATTERN,
  patternOf('one node with a self-loop', 1, [[0]]),
  patternOf('one node without edges', 1, [[]]),
  patternOf('isolated nodes at both ends and between', 7, [[], [], [3, 1, 6], [], [2, 2], [], []]),
  patternOf('self-loops and parallel edges', 3, [[0, 0, 1, 1], [], [2, 1, 1, 2]]),
  patternOf('no entries', 6, [[], [], []]),
  patternOf('no rows', 5, []),
  patternOf('no columns', 0, [[], []]),
  RANDOM_PATTERN,
  drawnPattern(
    'row lengths around thresholds',
    50,
    [0, 1, 2, 3, 4, 5, 15, 16, 17, 127, 128, 129, 0, 255, 256, 257, 1023, 1025, 4099],
  ),
];

/** Returns the values of the tensors and disposes them. */
export async function take(...tensors: readonly Tensor[]): Promise<Float32Array[]> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data()));
  for (const tensor of tensors) tensor.dispose();
  return values as Float32Array[];
}

/** Counts elements whose bits differ; -1 when the lengths do. vitest's own equality takes seconds at this size. */
export function differentBits(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return -1;
  const [left, right] = [new Uint32Array(a.slice().buffer), new Uint32Array(b.slice().buffer)];
  return left.filter((bits, at) => bits !== right[at]).length;
}

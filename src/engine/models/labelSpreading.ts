/**
 * Repeated averaging over a sparse matrix on the CPU: what label propagation and Correct & Smooth are made of. Plain typed
 * arrays, so the same bits on every backend.
 */
import type { SparseMatrix } from '../../core/sparseMatrix.ts';

export interface SpreadOptions {
  /** Numbers per node. */
  readonly width: number;
  /** α in [0, 1]: weight of the neighbours against the start. */
  readonly alpha: number;
  readonly steps: number;
  /** Changes the state in place after every step: clamps it, or puts known rows back. */
  readonly afterStep?: (state: Float32Array) => void;
  readonly breathe: () => Promise<void>;
}

/** Multiply-adds between two looks at the message queue, about 5 ms. */
const WORK_PER_BREATH = 4_000_000;

/**
 * Returns F after `steps` times F ← α·M·F + (1 − α)·F0, from F = F0 = start [N · width]. Sums are in float64, F in float32.
 * O(steps · entries · width) time, O(N · width) memory; the start is not changed.
 */
export async function spread(
  matrix: SparseMatrix,
  start: Float32Array,
  { width, alpha, steps, afterStep, breathe }: SpreadOptions,
): Promise<Float32Array> {
  let state = start.slice();
  let next = new Float32Array(start.length);
  const sums = new Float64Array(width);
  let work = 0;
  for (let step = 0; step < steps; step++) {
    for (let row = 0; row < matrix.rows; row++) {
      work += spreadRow(matrix, row, state, sums);
      for (let c = 0; c < width; c++) {
        const at = row * width + c;
        next[at] = alpha * (sums[c] as number) + (1 - alpha) * (start[at] as number);
      }
      if (work > WORK_PER_BREATH) {
        work = 0;
        await breathe();
      }
    }
    afterStep?.(next);
    [state, next] = [next, state];
  }
  return state;
}

/** Writes row `row` of M·state into `sums`; returns the multiply-adds it took. */
function spreadRow(matrix: SparseMatrix, row: number, state: Float32Array, sums: Float64Array): number {
  const { rowPtr, colIndex, values } = matrix;
  const width = sums.length;
  const start = rowPtr[row] as number;
  const end = rowPtr[row + 1] as number;
  sums.fill(0);
  for (let k = start; k < end; k++) {
    const base = (colIndex[k] as number) * width;
    const value = values === null ? 1 : (values[k] as number);
    for (let c = 0; c < width; c++) sums[c] = (sums[c] as number) + value * (state[base + c] as number);
  }
  return (end - start + 1) * width;
}

/** Returns [N · classes] with `weights[class]` at the class of each of `rows`, 0 elsewhere. */
export function oneHotRows(
  codes: Int32Array,
  rows: Int32Array,
  numClasses: number,
  weights: ArrayLike<number> | null = null,
): Float32Array {
  const start = new Float32Array(codes.length * numClasses);
  for (const row of rows) {
    const code = codes[row] as number;
    start[row * numClasses + code] = weights === null ? 1 : (weights[code] as number);
  }
  return start;
}

/** Bounds the penalty of a class without evidence: −log of it is 13.8. */
const SMALLEST_SHARE = 1e-6;

/**
 * Returns the logarithm of each row divided by its sum, shares of at least 1e-6; a row that sums to 0 is uniform. Entries
 * must not be negative.
 */
export function logShares(scores: Float32Array, numClasses: number): Float32Array {
  const logs = new Float32Array(scores.length);
  for (let base = 0; base < scores.length; base += numClasses) {
    let sum = 0;
    for (let c = 0; c < numClasses; c++) sum += scores[base + c] as number;
    for (let c = 0; c < numClasses; c++) {
      const share = sum > 0 ? (scores[base + c] as number) / sum : 1 / numClasses;
      logs[base + c] = Math.log(Math.max(SMALLEST_SHARE, share));
    }
  }
  return logs;
}

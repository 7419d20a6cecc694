/** Refuses sparse matrices whose indices WebGL cannot hold: tfjs keeps int32 tensors in float32 textures. */
import { LimitError } from '../../core/errors.ts';

/** 2^24: every integer up to here is a float32. */
const MAX_EXACT_INTEGER = 16_777_216;

/** @throws {LimitError} a row pointer, column index or entry number of the matrix is not exact in float32 */
export function assertExactIndices(rows: number, cols: number, entries: number): void {
  if (Math.max(rows, cols, entries) <= MAX_EXACT_INTEGER) return;
  throw new LimitError(
    `A sparse matrix of ${rows} × ${cols} with ${entries} entries is too large for WebGL, whose indices are exact up to 16,777,216.`,
    {
      code: 'webgl-index',
      remedy: 'Use WASM or WebGPU.',
      details: { rows, cols, entries, limit: MAX_EXACT_INTEGER },
    },
  );
}

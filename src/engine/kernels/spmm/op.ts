/**
 * Sparse × dense product: the one operation behind graph convolution, attention and sparse features. Graph propagation
 * is a square matrix, a sparse feature table a rectangular one; neither is ever densified.
 * Gradients: sparseProducts.ts. Device code: reference.ts (oracle), cpu.ts, wasm.ts, webgl.ts, webgpu.ts. The matrix is
 * uploaded once per run.
 */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { ShapeError } from '../../../core/errors.ts';
import type { SparseTensors } from '../sparseTensors.ts';
import { type EntryValues, headsOf, sparseTimesDense } from './sparseProducts.ts';

/**
 * Sparse times dense: out = M·X, out[r] = Σ_k values[k]·x[colIndex[k]] over the entries k of row r; zero for an empty row.
 * With values [E, A], column f takes head floor(f / D), D = F / A: out[r, a·D + d] = Σ_k values[k, a] · x[colIndex[k], a·D + d].
 *
 * Gradients: dX = Mᵀ·G over the transposed pattern (the same pattern when the stored values are used and the matrix is
 * symmetric); dvalues[k, a] = Σ_d G[row k, a·D + d] · x[colIndex[k], a·D + d], that is `sddmm`. Each is computed only
 * when asked for. The stored values are constants.
 *
 * @param matrix [R, K] with E entries
 * @param x      [K, F] float32
 * @param values [E] or [E, A] replaces `matrix.values` (dropped-out features, attention); same order
 * @returns      [R, F]; caller disposes
 * @throws {ShapeError} x has a different row count than the matrix has columns; values have not one row per entry; F is
 * not divisible by A
 * Deterministic: the order of additions depends on the matrix alone (stored order; on WebGPU a fixed tree for rows over
 * 128 entries). O(E·F) time, O(R·F) memory.
 */
export function spmm(matrix: SparseTensors, x: Tensor2D, values: EntryValues = matrix.values): Tensor2D {
  if (x.shape[0] !== matrix.cols) {
    throw new ShapeError(`spmm: x has ${x.shape[0]} rows, the matrix has ${matrix.cols} columns.`, {
      code: 'shape',
      remedy: 'Give x one row per matrix column.',
      details: { where: 'spmm', expected: [matrix.cols, 'F'], received: x.shape },
    });
  }
  if (values.shape[0] !== matrix.numEntries) {
    throw new ShapeError(
      `spmm: there are ${values.shape[0]} values, the matrix has ${matrix.numEntries} entries.`,
      {
        code: 'shape',
        remedy: 'Give one value, or one row of values, per entry.',
        details: { where: 'spmm', expected: [matrix.numEntries, 'A'], received: values.shape },
      },
    );
  }
  assertHeads('spmm', x.shape[1], headsOf(values));
  return sparseTimesDense(matrix, x, values, false);
}

/** @throws {ShapeError} `width` columns do not split into `heads` equal parts */
export function assertHeads(where: string, width: number, heads: number): void {
  if (width % heads === 0) return;
  throw new ShapeError(`${where}: ${width} columns do not split into ${heads} heads.`, {
    code: 'shape',
    remedy: 'Choose a width that is a multiple of the number of heads.',
    details: { where, expected: ['N', 'multiple of heads'], received: [width, heads] },
  });
}

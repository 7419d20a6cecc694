/**
 * Sampled dense × dense product: one dot product per entry of a sparse matrix and head. The gradient of `spmm` for its
 * values, and the score of an edge. Gradients: ../spmm/sparseProducts.ts. Device code: reference.ts (oracle), cpu.ts,
 * wasm.ts, webgl.ts, webgpu.ts.
 */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { ShapeError } from '../../../core/errors.ts';
import type { SparseTensors } from '../sparseTensors.ts';
import { assertHeads } from '../spmm/op.ts';
import { sampledProduct } from '../spmm/sparseProducts.ts';

/**
 * Returns out[k, h] = Σ_d a[row k, h·D + d] · b[col k, h·D + d] for every entry k, D = F / heads. The values of the matrix
 * are not read.
 *
 * Gradients under G [E, heads]: dA = `spmm(matrix, b, G)`, dB the same over the transposed pattern with a in the place
 * of b. Each is computed only when asked for.
 *
 * @param matrix [R, K] with E entries
 * @param a      [R, F] float32
 * @param b      [K, F] float32
 * @param heads  equal parts into which the columns are cut
 * @returns      [E, heads] in stored order; caller disposes
 * @throws {ShapeError} a has not one row per matrix row, b not one per matrix column, their widths differ, or F is not
 * divisible by `heads`
 * Deterministic on every backend. O(E·F) time, O(E·heads) memory.
 */
export function sddmm(matrix: SparseTensors, a: Tensor2D, b: Tensor2D, heads = 1): Tensor2D {
  const width = a.shape[1];
  for (const [name, operand, rows] of [
    ['a', a, matrix.rows],
    ['b', b, matrix.cols],
  ] as const) {
    if (operand.shape[0] === rows && operand.shape[1] === width) continue;
    throw new ShapeError(`sddmm: ${name} is [${operand.shape}]; it should be [${rows},${width}].`, {
      code: 'shape',
      remedy: 'Give a one row per matrix row and b one per matrix column, of equal width.',
      details: { where: `sddmm, ${name}`, expected: [rows, width], received: operand.shape },
    });
  }
  assertHeads('sddmm', width, heads);
  return sampledProduct(matrix, a, b, heads);
}

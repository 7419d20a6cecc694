/**
 * Sparse × dense product with a custom gradient: the one operation behind graph convolution and sparse features.
 * Graph propagation is a square matrix, a sparse feature table a rectangular one; neither is ever densified.
 * Device code: reference.ts (oracle), cpu.ts, wasm.ts, webgl.ts, webgpu.ts. The matrix is uploaded once per run.
 */
import {
  customGrad,
  engine,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { ShapeError } from '../../../core/errors.ts';
import type { SparseTensors } from '../sparseTensors.ts';

export const SPMM_KERNEL = 'GraphSpmm';

/**
 * Inputs of the device kernel: out[r, :] = Σ_{k in row r} values[perm ? perm[k] : k] · x[colIndex[k], :].
 * `perm` is present for the transposed product only.
 */
export interface SpmmInputs extends NamedTensorMap {
  rowPtr: Tensor;
  colIndex: Tensor;
  values: Tensor;
  x: Tensor;
}

function runSpmm(
  rowPtr: Tensor1D,
  colIndex: Tensor1D,
  values: Tensor1D,
  perm: Tensor1D | null,
  x: Tensor2D,
): Tensor2D {
  const inputs: NamedTensorMap =
    perm === null ? { rowPtr, colIndex, values, x } : { rowPtr, colIndex, values, perm, x };
  return engine().runKernel(SPMM_KERNEL, inputs) as Tensor2D;
}

/**
 * Sparse times dense: out = M·X, out[r] = Σ_k values[k]·x[colIndex[k]] over the entries k of row r; zero for an empty row.
 * Gradient for x: Mᵀ·G over the transposed pattern. The values are constants here (edge-value gradients: `sddmm`).
 *
 * @param matrix [R, K] with E entries
 * @param x      [K, F] float32
 * @param values [E] replaces `matrix.values` (dropped-out features, attention); same order
 * @returns      [R, F]; caller disposes
 * @throws {ShapeError} x has a different row count than the matrix has columns
 * Deterministic: the order of additions depends on the matrix alone (stored order; on WebGPU a fixed tree for rows over
 * 128 entries). O(E·F) time, O(R·F) memory.
 */
export function spmm(matrix: SparseTensors, x: Tensor2D, values: Tensor1D = matrix.values): Tensor2D {
  if (x.shape[0] !== matrix.cols) {
    throw new ShapeError(`spmm: x has ${x.shape[0]} rows, the matrix has ${matrix.cols} columns.`, {
      code: 'shape',
      remedy: 'Give x one row per matrix column.',
      details: { where: 'spmm', expected: [matrix.cols, 'F'], received: x.shape },
    });
  }
  const product = customGrad((...inputs) => {
    const [input, save] = inputs as [Tensor2D, (tensors: Tensor[]) => void];
    // Saved, because values made in the forward pass (dropped-out features) are gone when the backward pass runs.
    save([values]);
    return {
      value: runSpmm(matrix.rowPtr, matrix.colIndex, values, null, input),
      gradFunc: (gradient: Tensor, saved: Tensor[]) =>
        transposedProduct(matrix, saved[0] as Tensor1D, gradient as Tensor2D),
    };
  });
  return product(x) as Tensor2D;
}

function transposedProduct(matrix: SparseTensors, values: Tensor1D, x: Tensor2D): Tensor2D {
  const { rowPtr, colIndex, perm } = matrix.transpose();
  return runSpmm(rowPtr, colIndex, values, perm, x);
}

/**
 * Largest neighbour message per column, with its gradient: the max aggregation of GraphSAGE. Device code: reference.ts
 * (oracle), cpu.ts, wasm.ts, webgl.ts, webgpu.ts.
 */
import {
  customGrad,
  engine,
  getBackend,
  getKernel,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { ShapeError } from '../../../core/errors.ts';
import type { SparseTensors } from '../sparseTensors.ts';

export const SPMM_MAX_KERNEL = 'GraphSpmmMax';
/** Sends gradients to the winning entries: O(R·F). Where one thread owns an output column. */
export const SPMM_MAX_SCATTER_KERNEL = 'GraphSpmmMaxScatter';
/** Collects gradients over the transposed pattern: O(E·F). Where an output element is an invocation. */
export const SPMM_MAX_GATHER_KERNEL = 'GraphSpmmMaxGather';

/** Inputs of the forward kernel, which returns the maxima and, [R, F], the entry each came from (−1 for none). */
export interface SpmmMaxInputs extends NamedTensorMap {
  rowPtr: Tensor;
  colIndex: Tensor;
  values: Tensor;
  x: Tensor;
}

/** Attribute `cols`: rows of the result. */
export interface SpmmMaxScatterInputs extends NamedTensorMap {
  colIndex: Tensor;
  values: Tensor;
  argmax: Tensor;
  gradient: Tensor;
}

/** `rowPtr`, `colIndex`, `perm` are the transposed pattern; `values` are in stored order. */
export interface SpmmMaxGatherInputs extends NamedTensorMap {
  rowPtr: Tensor;
  colIndex: Tensor;
  perm: Tensor;
  values: Tensor;
  argmax: Tensor;
  gradient: Tensor;
}

/**
 * Returns out[r, f] = max over the entries k of row r of values[k] · x[colIndex[k], f]; 0 for an empty row. Among equal
 * products the first entry in stored order wins, and receives the whole gradient.
 * Gradient for x: dX[j, f] = Σ over the entries k of column j with argmax[row k, f] = k of values[k] · G[row k, f].
 * The values are constants: asking for their gradient is an error of tfjs.
 *
 * @param matrix [R, K] with E entries
 * @param x      [K, F] float32. NaN wins over every number on cpu and WASM; on graphics devices that is not promised.
 * @param values [E] replaces `matrix.values`; same order
 * @returns      [R, F]; caller disposes
 * @throws {ShapeError} x has a different row count than the matrix has columns, or values not one element per entry
 * @throws {LimitError} WebGL, and the matrix has over 2^24 entries, rows or columns
 * Deterministic on every backend. O(E·F) time, O(R·F) memory.
 */
export function spmmMax(matrix: SparseTensors, x: Tensor2D, values: Tensor1D = matrix.values): Tensor2D {
  assertShapes(matrix, x, values);
  const product = customGrad((...args) => {
    const [input, save] = args as [Tensor2D, (tensors: Tensor[]) => void];
    const { rowPtr, colIndex } = matrix;
    const inputs: SpmmMaxInputs = { rowPtr, colIndex, values, x: input };
    const [value, argmax] = engine().runKernel(SPMM_MAX_KERNEL, inputs) as unknown as [Tensor, Tensor];
    save([values, argmax]);
    return {
      value,
      gradFunc: (gradient: Tensor, saved: Tensor[]) =>
        gradientForX(matrix, saved[0] as Tensor1D, saved[1] as Tensor2D, gradient as Tensor2D),
    };
  });
  return product(x) as Tensor2D;
}

function gradientForX(
  matrix: SparseTensors,
  values: Tensor1D,
  argmax: Tensor2D,
  gradient: Tensor2D,
): Tensor2D {
  if (getKernel(SPMM_MAX_SCATTER_KERNEL, getBackend())) {
    const inputs: SpmmMaxScatterInputs = { colIndex: matrix.colIndex, values, argmax, gradient };
    return engine().runKernel(SPMM_MAX_SCATTER_KERNEL, inputs, { cols: matrix.cols }) as Tensor2D;
  }
  const { rowPtr, colIndex, perm } = matrix.transpose();
  const inputs: SpmmMaxGatherInputs = { rowPtr, colIndex, perm, values, argmax, gradient };
  return engine().runKernel(SPMM_MAX_GATHER_KERNEL, inputs) as Tensor2D;
}

function assertShapes(matrix: SparseTensors, x: Tensor2D, values: Tensor1D): void {
  if (x.shape[0] !== matrix.cols) {
    throw new ShapeError(`spmmMax: x has ${x.shape[0]} rows, the matrix has ${matrix.cols} columns.`, {
      code: 'shape',
      remedy: 'Give x one row per matrix column.',
      details: { where: 'spmmMax', expected: [matrix.cols, 'F'], received: x.shape },
    });
  }
  if (values.size !== matrix.numEntries) {
    throw new ShapeError(
      `spmmMax: there are ${values.size} values, the matrix has ${matrix.numEntries} entries.`,
      {
        code: 'shape',
        remedy: 'Give one value per entry.',
        details: { where: 'spmmMax', expected: [matrix.numEntries], received: values.shape },
      },
    );
  }
}

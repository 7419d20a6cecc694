/**
 * The two sparse products and their gradients, which are each other: M·X (spmm) and its sampled counterpart
 * ⟨A[row k], B[col k]⟩ (sddmm). Public functions with checks: spmm/op.ts, sddmm/op.ts. Gradients are computed only for
 * the operands that need them.
 */
import {
  customGrad,
  engine,
  getGradient,
  type GradFunc,
  type NamedAttrMap,
  type NamedTensorMap,
  registerGradient,
  reshape,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { SparseTensors } from '../sparseTensors.ts';

export const SPMM_KERNEL = 'GraphSpmm';
export const SDDMM_KERNEL = 'GraphSddmm';

/** One value per entry, or one per entry and head. */
export type EntryValues = Tensor1D | Tensor2D;

/**
 * Inputs of the device kernel: out[r, f] = Σ_{k in row r} values[perm ? perm[k] : k, head of f] · x[colIndex[k], f], the
 * head of f being floor(f / (F / heads)). `perm` is present for the transposed product only; values are [E] or [E, heads].
 */
export interface SpmmInputs extends NamedTensorMap {
  rowPtr: Tensor;
  colIndex: Tensor;
  values: Tensor;
  x: Tensor;
}

/**
 * Inputs of the device kernel, attribute `heads`: out[k, h] = Σ_d a[rowOf[k], h·D + d] · b[colIndex[k], h·D + d],
 * D = F / heads.
 */
export interface SddmmInputs extends NamedTensorMap {
  rowOf: Tensor;
  colIndex: Tensor;
  a: Tensor;
  b: Tensor;
}

/** What a gradient function needs besides tensors; tfjs hands attributes through untouched. */
interface SpmmAttributes {
  readonly matrix: SparseTensors;
  readonly isTransposed: boolean;
}

export interface SddmmAttributes {
  readonly matrix: SparseTensors;
  readonly heads: number;
}

/** Number of heads of entry values of shape [E] or [E, heads]. */
export function headsOf(values: { readonly shape: readonly number[] }): number {
  return values.shape[1] ?? 1;
}

/**
 * Returns M·X or Mᵀ·X. The stored values are constants of the run: nothing is saved for their gradient, and a symmetric
 * matrix needs no transposed pattern. Any other values are differentiable.
 */
export function sparseTimesDense(
  matrix: SparseTensors,
  x: Tensor2D,
  values: EntryValues,
  isTransposed: boolean,
): Tensor2D {
  if (values !== matrix.values) {
    registerProductGradients();
    const attributes: SpmmAttributes = { matrix, isTransposed };
    return runSpmm(matrix, x, values, isTransposed, attributes);
  }
  return constantProduct(matrix, x, values, isTransposed);
}

/** The product with values that no gradient is asked for. */
function constantProduct(
  matrix: SparseTensors,
  x: Tensor2D,
  values: EntryValues,
  isTransposed: boolean,
): Tensor2D {
  const product = customGrad((...inputs) => {
    const [input, save] = inputs as [Tensor2D, (tensors: Tensor[]) => void];
    // Saved, because values dropped out for one pass are gone when the backward pass runs.
    save([values]);
    return {
      value: runSpmm(matrix, input, values, isTransposed && !matrix.isSymmetric),
      gradFunc: (gradient: Tensor, saved: Tensor[]) =>
        constantProduct(matrix, gradient as Tensor2D, saved[0] as EntryValues, !isTransposed),
    };
  });
  return product(x) as Tensor2D;
}

function runSpmm(
  matrix: SparseTensors,
  x: Tensor2D,
  values: EntryValues,
  isTransposed: boolean,
  attributes?: SpmmAttributes,
): Tensor2D {
  const { rowPtr, colIndex } = isTransposed ? matrix.transpose() : matrix;
  const perm = isTransposed ? matrix.transpose().perm : null;
  const inputs: NamedTensorMap =
    perm === null ? { rowPtr, colIndex, values, x } : { rowPtr, colIndex, values, perm, x };
  return engine().runKernel(SPMM_KERNEL, inputs, attributes as unknown as NamedAttrMap) as Tensor2D;
}

/** Returns ⟨a[row k], b[col k]⟩ per entry and head, [E, heads]. */
export function sampledProduct(matrix: SparseTensors, a: Tensor2D, b: Tensor2D, heads: number): Tensor2D {
  registerProductGradients();
  const attributes: SddmmAttributes = { matrix, heads };
  const inputs: SddmmInputs = { rowOf: matrix.rowOfEntry(), colIndex: matrix.colIndex, a, b };
  return engine().runKernel(SDDMM_KERNEL, inputs, attributes as unknown as NamedAttrMap) as Tensor2D;
}

const spmmGradient: GradFunc = (gradient, saved, attrs) => {
  const { matrix, isTransposed } = attrs as unknown as SpmmAttributes;
  const [x, values] = saved as [Tensor2D, EntryValues];
  const g = gradient as Tensor2D;
  const [rowSide, columnSide] = isTransposed ? [x, g] : [g, x];
  return {
    x: () => sparseTimesDense(matrix, g, values, !isTransposed),
    values: () => reshape(sampledProduct(matrix, rowSide, columnSide, headsOf(values)), values.shape),
  };
};

const sddmmGradient: GradFunc = (gradient, saved, attrs) => {
  const { matrix } = attrs as unknown as SddmmAttributes;
  const [a, b] = saved as [Tensor2D, Tensor2D];
  const values = gradient as Tensor2D;
  return {
    a: () => sparseTimesDense(matrix, b, values, false),
    b: () => sparseTimesDense(matrix, a, values, true),
  };
};

function registerProductGradients(): void {
  if (getGradient(SPMM_KERNEL)) return;
  registerGradient({ kernelName: SPMM_KERNEL, inputsToSave: ['x', 'values'], gradFunc: spmmGradient });
  registerGradient({ kernelName: SDDMM_KERNEL, inputsToSave: ['a', 'b'], gradFunc: sddmmGradient });
}

/**
 * Normalisation of hidden units with gradients in closed form: over the rows of a step (batch) or the columns of each row
 * (layer). Fused on WASM (wasm.ts), elsewhere composed of stock operations (stock.ts). Running averages belong to
 * layers/normalisation.ts.
 *
 * With x̂ = (x − μ)/σ, σ = √(variance + ε), the variance over N (or F) elements, and g the incoming gradient:
 * out = γ·x̂ + β, dγ = Σ_rows g·x̂, dβ = Σ_rows g, and
 * batch: dx = γ/σ·(g − mean_rows(g) − x̂·mean_rows(g·x̂)); layer: h = γ·g, dx = 1/σ·(h − mean_columns(h) − x̂·mean_columns(h·x̂)).
 *
 * Sources: Ioffe & Szegedy 2015, "Batch Normalization", https://arxiv.org/abs/1502.03167; Ba, Kiros & Hinton 2016, "Layer
 * Normalization", https://arxiv.org/abs/1607.06450.
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
import { requireShape } from '../kernelShapes.ts';
import { stockColumnGradients, stockMoments, stockRowGradients, stockRows, stockShift } from './stock.ts';

/** Under the root: no column or row divides by 0. */
export const EPSILON = 1e-5;

/** Input `x` [N, F]. Results mean, variance and 1/σ, [F] each. */
export const COLUMN_MOMENTS_KERNEL = 'GraphColumnMoments';
/** Inputs `x`, `mean`, `inverse`, `scale`, `offset`. Result [N, F]. */
export const NORMALISE_COLUMNS_KERNEL = 'GraphNormaliseColumns';
/** Inputs `x`, `gradient`, `mean`, `inverse`, `scale`. Results dx [N, F], dγ [F], dβ [F]. */
export const NORMALISE_COLUMNS_GRADIENT_KERNEL = 'GraphNormaliseColumnsGradient';
/** Inputs `x`, `scale`, `offset`. Results out [N, F], mean [N, 1], 1/σ [N, 1]. */
export const NORMALISE_ROWS_KERNEL = 'GraphNormaliseRows';
/** As for columns, with mean and inverse [N, 1]. */
export const NORMALISE_ROWS_GRADIENT_KERNEL = 'GraphNormaliseRowsGradient';

type Saver = (tensors: Tensor[]) => void;
type Triple = [Tensor, Tensor, Tensor];

const has = (kernelName: string): boolean => getKernel(kernelName, getBackend()) !== undefined;

function run<T>(kernelName: string, inputs: Record<string, Tensor>): T {
  return engine().runKernel(kernelName, inputs as NamedTensorMap) as T;
}

/**
 * Returns γ·(x − μ)/√(σ² + ε) + β, with mean and variance of each column over the rows of x.
 * @param x      [N, F] float32; without elements it is given back
 * @param scale  γ [F]
 * @param offset β [F]
 * @param onMoments sees mean and (biased) variance [F] of the forward pass, which are disposed after the call
 * @returns      [N, F]; caller disposes
 * @throws {ShapeError} γ or β does not have one value per column
 * Deterministic on every backend; on WASM with the same bits at any thread count. O(N·F) time and memory.
 */
export function batchNormalise(
  x: Tensor2D,
  scale: Tensor1D,
  offset: Tensor1D,
  onMoments?: (mean: Tensor1D, variance: Tensor1D) => void,
): Tensor2D {
  requireParameters('batchNormalise', x, scale, offset);
  if (x.size === 0) return x.clone();
  const normalised = customGrad((...inputs) => {
    const [rows, gamma, beta, save] = inputs as [Tensor2D, Tensor1D, Tensor1D, Saver];
    const [mean, variance, inverse] = columnMoments(rows);
    onMoments?.(mean, variance);
    save([rows, mean, inverse, gamma]);
    return {
      value: shiftColumns(rows, mean, inverse, gamma, beta),
      gradFunc: (gradient: Tensor, saved: Tensor[]) =>
        gradients(NORMALISE_COLUMNS_GRADIENT_KERNEL, stockColumnGradients, gradient as Tensor2D, saved),
    };
  });
  return normalised(x, scale, offset) as Tensor2D;
}

/**
 * Returns γ·(x − μ)·inverse + β for given statistics per column, as at inference; has no gradient.
 * @param mean, inverse, scale, offset [F]
 * @returns [N, F]; caller disposes
 */
export function shiftColumns(
  x: Tensor2D,
  mean: Tensor1D,
  inverse: Tensor1D,
  scale: Tensor1D,
  offset: Tensor1D,
): Tensor2D {
  return has(NORMALISE_COLUMNS_KERNEL)
    ? run(NORMALISE_COLUMNS_KERNEL, { x, mean, inverse, scale, offset })
    : stockShift(x, mean, inverse, scale, offset);
}

/**
 * Returns γ·(x − μ)/√(σ² + ε) + β, with mean and variance of each row over its columns.
 * @param x      [N, F] float32; without elements it is given back
 * @param scale  γ [F]
 * @param offset β [F]
 * @returns      [N, F]; caller disposes
 * @throws {ShapeError} γ or β does not have one value per column
 * Deterministic on every backend; on WASM with the same bits at any thread count. O(N·F) time and memory.
 */
export function layerNormalise(x: Tensor2D, scale: Tensor1D, offset: Tensor1D): Tensor2D {
  requireParameters('layerNormalise', x, scale, offset);
  if (x.size === 0) return x.clone();
  const normalised = customGrad((...inputs) => {
    const [rows, gamma, beta, save] = inputs as [Tensor2D, Tensor1D, Tensor1D, Saver];
    const [value, mean, inverse] = has(NORMALISE_ROWS_KERNEL)
      ? run<Triple>(NORMALISE_ROWS_KERNEL, { x: rows, scale: gamma, offset: beta })
      : stockRows(rows, gamma, beta, EPSILON);
    save([rows, mean, inverse, gamma]);
    return {
      value,
      gradFunc: (gradient: Tensor, saved: Tensor[]) =>
        gradients(NORMALISE_ROWS_GRADIENT_KERNEL, stockRowGradients, gradient as Tensor2D, saved),
    };
  });
  return normalised(x, scale, offset) as Tensor2D;
}

function columnMoments(x: Tensor2D): [Tensor1D, Tensor1D, Tensor1D] {
  return has(COLUMN_MOMENTS_KERNEL) ? run(COLUMN_MOMENTS_KERNEL, { x }) : stockMoments(x, EPSILON);
}

function gradients(
  kernelName: string,
  stock: typeof stockColumnGradients,
  gradient: Tensor2D,
  saved: Tensor[],
): Triple {
  const [x, mean, inverse, scale] = saved as [Tensor2D, Tensor, Tensor, Tensor1D];
  return has(kernelName)
    ? run<Triple>(kernelName, { x, gradient, mean, inverse, scale })
    : stock(gradient, x, mean, inverse, scale);
}

function requireParameters(where: string, x: Tensor2D, scale: Tensor1D, offset: Tensor1D): void {
  requireShape(where, 'x', x, ['N', 'F']);
  requireShape(where, 'scale', scale, [x.shape[1]]);
  requireShape(where, 'offset', offset, [x.shape[1]]);
}

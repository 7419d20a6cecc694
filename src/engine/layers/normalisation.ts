/**
 * Normalisation of hidden units as a layer: the learned scale γ and offset β per channel, and for `batch` the running
 * averages that stand in for the step's statistics at inference. Formulas and gradients: kernels/normalise/op.ts.
 *
 * Batch: μ, σ² over the rows of the step; at inference their running averages (momentum 0.1, unbiased variance), as in
 * PyTorch's BatchNorm1d. Layer: over the channels of each row, at inference too. Shapes: x [N, F] → [N, F].
 */
import {
  add,
  mul,
  ones,
  rsqrt,
  type Tensor1D,
  type Tensor2D,
  tidy,
  type Variable,
  zeros,
} from '@tensorflow/tfjs-core';
import { batchNormalise, EPSILON, layerNormalise, shiftColumns } from '../kernels/normalise/op.ts';
import type { ForwardPass, LayerContext } from './layerContext.ts';

export type Normalisation = (x: Tensor2D, pass: ForwardPass) => Tensor2D;

const MOMENTUM = 0.1;

/**
 * Creates `<name>.weight` (ones) and `<name>.bias` (zeros), never decayed, and for `batch` the buffers
 * `<name>.runningMean` and `<name>.runningVariance`.
 * @param kind `batch`, `layer`, or `none`, which gives x back
 */
export function createNormalisation(
  context: LayerContext,
  name: string,
  kind: string,
  width: number,
): Normalisation {
  if (kind !== 'batch' && kind !== 'layer') return (x) => x;
  const { store } = context;
  const scale = store.add(`${name}.weight`, ones([width]), 0).value as unknown as Tensor1D;
  const offset = store.add(`${name}.bias`, zeros([width]), 0).value as unknown as Tensor1D;
  if (kind === 'layer') return (x) => layerNormalise(x, scale, offset);
  const runningMean = store.addBuffer(`${name}.runningMean`, zeros([width])).value;
  const runningVariance = store.addBuffer(`${name}.runningVariance`, ones([width])).value;
  return (x, { isTraining }) => {
    if (!isTraining) {
      const inverse: Tensor1D = rsqrt(add(runningVariance as unknown as Tensor1D, EPSILON));
      return shiftColumns(x, runningMean as unknown as Tensor1D, inverse, scale, offset);
    }
    const rows = x.shape[0];
    return batchNormalise(x, scale, offset, (mean, variance) => {
      approach(runningMean, mean, 1);
      approach(runningVariance, variance, rows / Math.max(1, rows - 1));
    });
  };
}

/** average ← (1 − momentum)·average + momentum·factor·seen. */
function approach(average: Variable, seen: Tensor1D, factor: number): void {
  tidy(() => average.assign(add(mul(average, 1 - MOMENTUM), mul(seen, MOMENTUM * factor))));
}

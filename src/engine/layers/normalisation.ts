/**
 * Normalisation of hidden units, with a learned scale γ and offset β per channel: out = γ·(x − μ)/√(σ² + ε) + β, ε = 1e-5.
 * Batch: μ, σ² over the rows of the step; running averages (momentum 0.1, unbiased variance) at inference. Layer: over the
 * channels of each row.
 *
 * Sources: Ioffe & Szegedy 2015, "Batch Normalization", https://arxiv.org/abs/1502.03167; Ba, Kiros & Hinton 2016, "Layer
 * Normalization", https://arxiv.org/abs/1607.06450. Shapes: x [N, F], γ and β [F] → [N, F].
 */
import {
  add,
  mean,
  mul,
  ones,
  rsqrt,
  square,
  sub,
  type Tensor1D,
  type Tensor2D,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import type { ForwardPass, LayerContext } from './layerContext.ts';

export type Normalisation = (x: Tensor2D, pass: ForwardPass) => Tensor2D;

const EPSILON = 1e-5;
const MOMENTUM = 0.1;

/** @param kind `none` gives x back */
export function createNormalisation(
  context: LayerContext,
  name: string,
  kind: string,
  width: number,
): Normalisation {
  if (kind === 'batch') return createBatchNorm(context, name, width);
  return kind === 'layer' ? createLayerNorm(context, name, width) : (x) => x;
}

function createScale({ store }: LayerContext, name: string, width: number): (x: Tensor2D) => Tensor2D {
  const scale = store.add(`${name}.weight`, ones([width]), 0);
  const offset = store.add(`${name}.bias`, zeros([width]), 0);
  return (x) => add(mul(x, scale.value as unknown as Tensor1D), offset.value as unknown as Tensor1D);
}

function createBatchNorm(context: LayerContext, name: string, width: number): Normalisation {
  const rescale = createScale(context, name, width);
  const runningMean = context.store.addBuffer(`${name}.runningMean`, zeros([width]));
  const runningVariance = context.store.addBuffer(`${name}.runningVariance`, ones([width]));
  return (x, { isTraining }) => {
    if (!isTraining) {
      const centred = sub(x, runningMean.value as unknown as Tensor1D);
      return rescale(mul(centred, rsqrt(add(runningVariance.value as unknown as Tensor1D, EPSILON))));
    }
    const rows = x.shape[0];
    const center = mean(x, 0);
    const centred: Tensor2D = sub(x, center);
    const variance = mean(square(centred), 0);
    tidy(() => {
      const unbiased = mul(variance, rows / Math.max(1, rows - 1));
      runningMean.value.assign(add(mul(runningMean.value, 1 - MOMENTUM), mul(center, MOMENTUM)));
      runningVariance.value.assign(add(mul(runningVariance.value, 1 - MOMENTUM), mul(unbiased, MOMENTUM)));
    });
    return rescale(mul(centred, rsqrt(add(variance, EPSILON))));
  };
}

function createLayerNorm(context: LayerContext, name: string, width: number): Normalisation {
  const rescale = createScale(context, name, width);
  return (x) => {
    const centred: Tensor2D = sub(x, mean(x, 1, true));
    const variance = mean(square(centred), 1, true);
    return rescale(mul(centred, rsqrt(add(variance, EPSILON))));
  };
}

/**
 * Graph convolution with initial residual and identity mapping: out = M·((1 − β)·I + β·W), M = (1 − α)·S·H + α·H0,
 * β = ln(θ / l + 1) for layer l = 1, 2, …. The activation is the caller's.
 *
 * Source: Chen, Wei, Huang, Ding & Li 2020, "Simple and Deep Graph Convolutional Networks", eq. 5.
 * https://arxiv.org/abs/2007.02133. Shapes: S [N, N] sparse, H and H0 [N, F], W [F, F] → [N, F]. No bias.
 */
import { add, customGrad, eye, keep, mul, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { GraphTensors } from '../graphInput.ts';
import { glorotUniform } from '../initializers.ts';
import { linear } from '../kernels/dense/op.ts';
import type { SparseTensors } from '../kernels/sparseTensors.ts';
import { sparseTimesDense } from '../kernels/spmm/sparseProducts.ts';
import type { LayerContext } from './layerContext.ts';

export interface Gcn2Options {
  readonly channels: number;
  /** l, 1-based. */
  readonly layer: number;
  /** α in [0, 1) */
  readonly alpha: number;
  readonly theta: number;
}

export interface Gcn2Conv {
  /** @param reference `initialReference(H0, α)`, computed once for all layers */
  forward(graph: Pick<GraphTensors, 'symmetric'>, x: Tensor2D, reference: Tensor2D): Tensor2D;
  dispose(): void;
}

/** Returns α / (1 − α)·H0, which every layer of one α adds. */
export const initialReference = (initial: Tensor2D, alpha: number): Tensor2D =>
  mul(initial, alpha / (1 - alpha));

/**
 * Creates `<name>.weight` [F, F] (Glorot). Computed as (S·H + α / (1 − α)·H0)·((1 − α)·((1 − β)·I + β·W)): the scalings
 * fall on the small matrix, and one product replaces a product and three passes over the nodes.
 */
export function createGcn2Conv(context: LayerContext, name: string, options: Gcn2Options): Gcn2Conv {
  const { channels, layer, alpha, theta } = options;
  const beta = Math.log(theta / layer + 1);
  const initial = glorotUniform(channels, channels, context.seed, context.store.all.length);
  const weight = context.store.add(`${name}.weight`, initial, context.weightDecay);
  const identity = keep(tidy(() => mul(eye(channels), (1 - alpha) * (1 - beta))));
  return {
    forward(graph, x, reference) {
      const learned = mul(weight.value as unknown as Tensor2D, (1 - alpha) * beta);
      return linear(propagateOnto(graph.symmetric(), x, reference), add(learned, identity));
    },
    dispose: () => identity.dispose(),
  };
}

/** Returns S·x + reference as one operation that keeps nothing for the backward pass: dx = Sᵀ·G, dreference = G. */
function propagateOnto(matrix: SparseTensors, x: Tensor2D, reference: Tensor2D): Tensor2D {
  const propagate = customGrad((...inputs) => ({
    value: tidy(() =>
      add(sparseTimesDense(matrix, inputs[0] as Tensor2D, matrix.values, false), inputs[1] as Tensor2D),
    ) as Tensor2D,
    gradFunc: (gradient: Tensor) => [
      sparseTimesDense(matrix, gradient as Tensor2D, matrix.values, true),
      gradient.clone(),
    ],
  }));
  return propagate(x, reference) as Tensor2D;
}

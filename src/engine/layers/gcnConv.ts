/**
 * Graph convolution: out = S·(X·W) + b with S = D̃^(−1/2) (A + I) D̃^(−1/2).
 *
 * Source: Kipf & Welling 2017, "Semi-Supervised Classification with Graph Convolutional Networks", eq. 8.
 * https://arxiv.org/abs/1609.02907
 * Shapes: S [N, N] sparse, X [N, F], W [F, O], b [O] → [N, O].
 */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { glorotUniform } from '../initializers.ts';
import { spmm } from '../kernels/spmm/op.ts';
import type { SparseTensors } from '../kernels/sparseTensors.ts';
import { linear } from '../kernels/weightGradient/op.ts';
import { createBias } from './bias.ts';
import type { LayerContext } from './layerContext.ts';

export interface GcnConv {
  /** Whole layer. Multiplies by the matrix that shrinks the width first: the result is the same, the cost lower. */
  forward(propagation: SparseTensors, x: Tensor2D): Tensor2D;
}

/** Creates weight `<name>.weight` [F, O] (Glorot) and bias `<name>.bias` [O] (zero, never decayed). */
export function createGcnConv(
  context: LayerContext,
  name: string,
  inChannels: number,
  outChannels: number,
  isDecayed: boolean,
): GcnConv {
  const initial = glorotUniform(inChannels, outChannels, context.seed, context.store.all.length);
  const weight = context.store.add(`${name}.weight`, initial, isDecayed);
  const addBias = createBias(context, name, outChannels);
  return {
    forward(propagation, x) {
      const w = weight.value as unknown as Tensor2D;
      const mixed =
        inChannels > outChannels ? spmm(propagation, linear(x, w)) : linear(spmm(propagation, x), w);
      return addBias(mixed);
    },
  };
}

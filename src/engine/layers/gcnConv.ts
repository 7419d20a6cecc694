/**
 * Graph convolution: out = S·(X·W) + b with S = D̃^(−1/2) (A + I) D̃^(−1/2).
 *
 * Source: Kipf & Welling 2017, "Semi-Supervised Classification with Graph Convolutional Networks", eq. 8.
 * https://arxiv.org/abs/1609.02907
 * Shapes: S [N, N] sparse, X [N, F], W [F, O], b [O] → [N, O].
 */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { GraphTensors, InputShape, LayerInput } from '../graphInput.ts';
import type { LayerContext } from './layerContext.ts';
import { createProjection } from './projection.ts';

export interface GcnConv {
  forward(graph: Pick<GraphTensors, 'symmetric'>, x: LayerInput): Tensor2D;
}

/** Creates the weight [F, O] (Glorot) and `<name>.bias` [O] (zero, never decayed). */
export function createGcnConv(
  context: LayerContext,
  name: string,
  input: InputShape | number,
  outChannels: number,
): GcnConv {
  const projection = createProjection(context, name, input, outChannels, { hasBias: true });
  return { forward: (graph, x) => projection.aggregate(graph.symmetric(), x) };
}

/**
 * Graph isomorphism layer: out_i = MLP((1 + ε)·x_i + Σ_{j ∈ N(i)} w_ij x_j), MLP(x) = relu(norm(x·W1 + b1))·W2 + b2, ε learned.
 * W1 is applied before the sum, which is the same and leaves sparse features sparse.
 *
 * Source: Xu et al. 2019, "How Powerful are Graph Neural Networks?", eq. 4.1, normalised inside the MLP as there.
 * https://arxiv.org/abs/1810.00826
 * Shapes: X [senders, F], W1 [F, H], W2 [H, O] → [receivers, O].
 */
import { add, mul, relu, type Tensor1D, type Tensor2D, zeros } from '@tensorflow/tfjs-core';
import type { GraphTensors, InputShape, LayerInput } from '../graphInput.ts';
import { spmm } from '../kernels/spmm/op.ts';
import { createBias } from './bias.ts';
import type { ForwardPass, LayerContext } from './layerContext.ts';
import { createLinear } from './linear.ts';
import { createNormalisation } from './normalisation.ts';
import { createProjection } from './projection.ts';

export interface GinOptions {
  /** H */
  readonly hiddenChannels: number;
  /** Of the hidden units: `none`, `batch` or `layer`. */
  readonly normalisation: string;
}

export interface GinConv {
  forward(graph: Pick<GraphTensors, 'adjacency' | 'receivers'>, x: LayerInput, pass: ForwardPass): Tensor2D;
}

/**
 * Creates `<name>.epsilon` [1] (zero, never decayed), `<name>.first` and `<name>.second` (Glorot, with biases) and the
 * normalisation `<name>.norm`. O(N·F·H + E·H + N·H·O) time.
 */
export function createGinConv(
  context: LayerContext,
  name: string,
  input: InputShape | number,
  outChannels: number,
  { hiddenChannels, normalisation }: GinOptions,
): GinConv {
  const epsilon = context.store.add(`${name}.epsilon`, zeros([1]), 0);
  const first = createProjection(context, `${name}.first`, input, hiddenChannels);
  const addBias = createBias(context, `${name}.first`, hiddenChannels);
  const normalise = createNormalisation(context, `${name}.norm`, normalisation, hiddenChannels);
  const second = createLinear(context, `${name}.second`, hiddenChannels, outChannels);
  return {
    forward(graph, x, pass) {
      const projected = first.forward(x);
      const ownShare = add(epsilon.value as unknown as Tensor1D, 1);
      const own: Tensor2D = mul(graph.receivers(projected), ownShare);
      const summed: Tensor2D = add(own, spmm(graph.adjacency(), projected));
      return second.forward(relu(normalise(addBias(summed), pass)));
    },
  };
}

/**
 * Graph attention: head a scores the arc j → i by e_ij = lrelu(r_a·h_i + s_a·h_j) with h = X·W_a, α_ij = softmax of e_ij over
 * j ∈ N(i) ∪ {i}, and gives Σ_j α_ij h_j. Heads are side by side or averaged; then + b.
 *
 * Source: Veličković et al. 2018, "Graph Attention Networks", eqs. 1–6; the vector a of the paper is [r; s].
 * https://arxiv.org/abs/1710.10903. Existing self-loops are replaced by one each, as PyG does; edge weights are not read.
 * Shapes: X [senders, F], W [F, A·D], r and s [A, D], α [E, A], b [A·D] or [D] → [receivers, A·D] or, averaged, [receivers, D].
 */
import { mul, reshape, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import type { InputShape, LayerInput } from '../graphInput.ts';
import { linear } from '../kernels/dense/op.ts';
import { pairAttention } from '../kernels/pairAttention/op.ts';
import { type AttentionConv, type AttentionOptions, attend, createAttentionVectors } from './attention.ts';
import { createBias } from './bias.ts';
import type { LayerContext } from './layerContext.ts';
import { createProjection } from './projection.ts';

/**
 * Creates `<name>.weight` [F, A·D] and the vectors `<name>.receiver` and `<name>.sender` [A, D] (Glorot), and `<name>.bias`
 * (zero, never decayed). O(N·F·A·D + E·A·D) time, O(N·A·D + E·A) memory.
 */
export function createGatConv(
  context: LayerContext,
  name: string,
  input: InputShape | number,
  options: AttentionOptions,
): AttentionConv {
  const { heads, headChannels, averagesHeads, negativeSlope } = options;
  const projection = createProjection(context, name, input, heads * headChannels);
  const receiver = createAttentionVectors(context, `${name}.receiver`, heads, headChannels);
  const sender = createAttentionVectors(context, `${name}.sender`, heads, headChannels);
  const addBias = createBias(context, name, averagesHeads ? headChannels : heads * headChannels);
  const site = context.nextSite();
  const blockDiagonal = createBlockDiagonal(heads, headChannels);
  return {
    forward(graph, x: LayerInput, pass) {
      const matrix = graph.withSelfLoops();
      const projected = projection.forward(x);
      const scores = pairAttention(
        matrix,
        linear(graph.receivers(projected), blockDiagonal(receiver())),
        linear(projected, blockDiagonal(sender())),
        negativeSlope,
      );
      return addBias(attend(matrix, scores, projected, options, site, pass));
    },
  };
}

/**
 * Returns v ↦ its block diagonal, [A, D] → [A·D, A] with v_a in block a: x·that is the product of each head's part of x
 * with its vector.
 */
function createBlockDiagonal(heads: number, channels: number): (vectors: Tensor2D) => Tensor2D {
  const width = heads * channels;
  if (heads === 1) return (vectors) => reshape(vectors, [width, 1]);
  const blocks = new Float32Array(width * heads);
  for (let row = 0; row < width; row++) blocks[row * heads + Math.floor(row / channels)] = 1;
  return (vectors) => mul(reshape(vectors, [width, 1]), tensor2d(blocks, [width, heads]));
}

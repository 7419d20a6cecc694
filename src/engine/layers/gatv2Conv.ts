/**
 * Graph attention whose ranking of neighbours can depend on the node that asks: head a scores the arc j → i by
 * e_ij = v_a·lrelu(t_i + s_j) with t = X·W_t + b_t and s = X·W_s + b_s, α_ij = softmax over j ∈ N(i) ∪ {i}, and gives
 * Σ_j α_ij s_j. Heads are side by side or averaged; then + b.
 *
 * Source: Brody, Alon & Yahav 2022, "How Attentive are Graph Attention Networks?", eq. 7. https://arxiv.org/abs/2105.14491
 * Existing self-loops are replaced by one each, as PyG does (its lin_l is W_s, its lin_r is W_t); edge weights are not read.
 * Shapes: X [senders, F], W_t and W_s [F, A·D], v [A, D], α [E, A] → [receivers, A·D] or, averaged, [receivers, D].
 */
import type { InputShape } from '../graphInput.ts';
import { additiveAttention } from '../kernels/additiveAttention/op.ts';
import { type AttentionConv, type AttentionOptions, attend, createAttentionVectors } from './attention.ts';
import { createBias } from './bias.ts';
import type { LayerContext } from './layerContext.ts';
import { createLinear } from './linear.ts';
import { mapReceivers } from './receiverRows.ts';

/**
 * Creates the maps `<name>.sender` and `<name>.receiver` [F, A·D] and the vectors `<name>.attention` [A, D] (Glorot), all
 * biases zero and never decayed. O(N·F·A·D + E·A·D) time, O(N·A·D + E·A) memory.
 */
export function createGatv2Conv(
  context: LayerContext,
  name: string,
  input: InputShape | number,
  options: AttentionOptions,
): AttentionConv {
  const { heads, headChannels, averagesHeads, negativeSlope } = options;
  const sender = createLinear(context, `${name}.sender`, input, heads * headChannels);
  const receiver = createLinear(context, `${name}.receiver`, input, heads * headChannels);
  const vectors = createAttentionVectors(context, `${name}.attention`, heads, headChannels);
  const addBias = createBias(context, name, averagesHeads ? headChannels : heads * headChannels);
  const site = context.nextSite();
  return {
    forward(graph, x, pass) {
      const matrix = graph.withSelfLoops();
      const messages = sender.forward(x);
      const asking = mapReceivers(receiver.forward, graph, x);
      const scores = additiveAttention(matrix, asking, messages, vectors(), negativeSlope);
      return addBias(attend(matrix, scores, messages, options, site, pass));
    },
  };
}

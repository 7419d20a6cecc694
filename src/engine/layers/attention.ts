/** What both attention layers share: options, vectors, and the weighted sum once the scores of the arcs are known. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { GraphTensors, LayerInput } from '../graphInput.ts';
import { glorotUniform } from '../initializers.ts';
import { segmentSoftmax } from '../kernels/segmentSoftmax/op.ts';
import type { SparseTensors } from '../kernels/sparseTensors.ts';
import { spmm } from '../kernels/spmm/op.ts';
import { meanHeads } from './headSum.ts';
import { dropAt, type ForwardPass, type LayerContext } from './layerContext.ts';

export interface AttentionOptions {
  /** A */
  readonly heads: number;
  /** D, output channels of one head. */
  readonly headChannels: number;
  /** True: [N, D], the mean over heads; false: [N, A·D], side by side. */
  readonly averagesHeads: boolean;
  /** Share of attention weights switched off in a training step. */
  readonly attentionDropout: number;
  readonly negativeSlope: number;
}

export interface AttentionConv {
  /** At inference the weights go to `pass.onAttention`. */
  forward(
    graph: Pick<GraphTensors, 'withSelfLoops' | 'receivers'>,
    x: LayerInput,
    pass: ForwardPass,
  ): Tensor2D;
}

/** Registers one vector per head, [A, D] (Glorot), and returns how to read it. */
export function createAttentionVectors(
  { store, seed, weightDecay }: LayerContext,
  name: string,
  heads: number,
  channels: number,
): () => Tensor2D {
  const initial = glorotUniform(heads, channels, seed, store.all.length);
  const parameter = store.add(name, initial, weightDecay);
  return () => parameter.value as unknown as Tensor2D;
}

/**
 * Returns Σ_j drop(α_ij) h_j with α the softmax of the scores over the entries of each row, heads side by side or averaged.
 * @param matrix   pattern [receivers, senders], E entries
 * @param scores   [E, A]
 * @param messages [senders, A·D]
 */
export function attend(
  matrix: SparseTensors,
  scores: Tensor2D,
  messages: Tensor2D,
  { heads, averagesHeads, attentionDropout }: AttentionOptions,
  site: number,
  pass: ForwardPass,
): Tensor2D {
  const alpha = segmentSoftmax(matrix, scores);
  pass.onAttention?.(alpha);
  const mixed = spmm(matrix, messages, dropAt(alpha, site, pass, attentionDropout));
  return averagesHeads ? meanHeads(mixed, heads) : mixed;
}

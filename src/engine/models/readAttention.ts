/** Attention weights of a trained model, from one forward pass: the last layer that attends speaks for the model. */
import { keep, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { selfLoopPattern } from '../../core/transforms/selfLoopPattern.ts';
import type { GraphInput } from '../graphInput.ts';
import type { ForwardPass } from '../layers/layerContext.ts';
import { readTensor } from '../readTensor.ts';
import type { AttentionWeights } from './modelTypes.ts';

/**
 * Returns the weights over the arcs of the whole graph and one self-loop a node, in the order of `selfLoopPattern`; null
 * when no layer attends. Disposes what it makes. O(one inference + E·A).
 */
export async function readAttention(
  evaluation: GraphInput,
  forward: (input: GraphInput, pass: ForwardPass) => unknown,
  seed: number,
): Promise<AttentionWeights | null> {
  const attended: Tensor2D[] = [];
  const onAttention = (weights: Tensor2D): void => {
    attended.pop()?.dispose();
    attended.push(keep(weights));
  };
  tidy(() => {
    forward(evaluation, { isTraining: false, step: 0, dropout: 0, seed, onAttention });
  });
  const [weights] = attended;
  if (weights === undefined) return null;
  let values: Float32Array;
  try {
    values = (await readTensor(weights)).slice();
  } finally {
    weights.dispose();
  }
  const { rowPtr, colIndex, rows } = selfLoopPattern(evaluation.messageGraph);
  const receivers = new Int32Array(colIndex.length);
  for (let row = 0; row < rows; row++) receivers.fill(row, rowPtr[row] as number, rowPtr[row + 1] as number);
  return { heads: weights.shape[1], senders: colIndex, receivers, weights: values };
}

/**
 * Scores of arcs from one number per head at each end (GAT): the additive attention of ../additiveAttention with one
 * channel per head and no attention vector, on the same device code, which takes heads as vectors there.
 */
import { getGradient, registerGradient, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { runScores, scoreGradients } from '../additiveAttention/op.ts';
import { requireShape } from '../kernelShapes.ts';
import type { SparseTensors } from '../sparseTensors.ts';

/** Inputs `rowOf`, `colIndex` [E], `receiver` [R, A], `sender` [K, A]. Result [E, A]. */
export const PAIR_ATTENTION_KERNEL = 'GraphPairAttention';

/**
 * Returns e[k, a] = lrelu(receiver[i, a] + sender[j, a]) for every entry k of row i and column j. Gradients are computed
 * only for the inputs that need them; lrelu'(0) is the negative slope.
 *
 * Source: Veličković et al. 2018, "Graph Attention Networks", eq. 3. https://arxiv.org/abs/1710.10903
 * @param matrix   [R, K] with E entries; the values are not read. Must live until the gradients are computed
 * @param receiver [R, A]
 * @param sender   [K, A]
 * @returns        [E, A]; caller disposes
 * @throws {ShapeError} a shape does not fit the matrix
 * Deterministic: the order of additions depends on the pattern alone. O(E·A) time and memory.
 */
export function pairAttention(
  matrix: SparseTensors,
  receiver: Tensor2D,
  sender: Tensor2D,
  negativeSlope: number,
): Tensor2D {
  requireShape('pairAttention', 'receiver', receiver, [matrix.rows, 'A']);
  requireShape('pairAttention', 'sender', sender, [matrix.cols, receiver.shape[1]]);
  if (!getGradient(PAIR_ATTENTION_KERNEL)) {
    registerGradient({
      kernelName: PAIR_ATTENTION_KERNEL,
      inputsToSave: ['receiver', 'sender'],
      gradFunc: (gradient, saved, attributes) => {
        const [savedReceiver, savedSender] = saved as [Tensor2D, Tensor2D];
        const operands = { receiver: savedReceiver, sender: savedSender };
        return scoreGradients(operands, gradient as Tensor, attributes);
      },
    });
  }
  return runScores(PAIR_ATTENTION_KERNEL, matrix, { receiver, sender }, negativeSlope);
}

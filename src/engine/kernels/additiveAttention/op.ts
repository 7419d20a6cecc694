/**
 * Additive attention scores of arcs (GATv2), without ever holding a [E, A·D] tensor: pre-activations are recomputed where
 * they are needed. pairAttention (GAT) runs the same kernels with one channel per head. Gradients are computed only for
 * the inputs that need them. Device code: reference.ts (oracle), cpu.ts, wasm.ts, webgl.ts, webgpu.ts.
 */
import {
  engine,
  getGradient,
  type NamedAttrMap,
  type NamedTensorMap,
  registerGradient,
  reshape,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { columnSums } from '../dense/op.ts';
import { requireShape } from '../kernelShapes.ts';
import type { EntryPattern, SparseTensors } from '../sparseTensors.ts';

/**
 * Inputs `rowOf`, `colIndex` [E], `receiver` [R, A·D], `sender` [K, A·D] and `attention` [A, D], or no attention, which
 * stands for ones. Result [E, A].
 */
export const ADDITIVE_ATTENTION_KERNEL = 'GraphAdditiveAttention';
/**
 * Inputs `rowPtr`, `colIndex` and `perm` or none, `own` [R, A·D], `other` [K, A·D], `gradient` [E, A], and `attention` or
 * none. Result [R, A·D]: attention[a, d] · Σ_k gradient[perm ? perm[k] : k, a] · f(own[r, a·D + d] + other[colIndex[k], a·D + d])
 * over the entries k of row r, where f is lrelu when `ofActivation` is 1, else its derivative.
 */
export const ADDITIVE_ATTENTION_SUMS_KERNEL = 'GraphAdditiveAttentionSums';

export interface AdditiveAttentionAttributes {
  readonly heads: number;
  readonly negativeSlope: number;
}

export interface AdditiveAttentionSumsAttributes extends AdditiveAttentionAttributes {
  readonly ofActivation: 0 | 1;
}

/** What the backward pass needs beyond tensors; the engine hands attributes through untouched. */
interface OperationAttributes extends AdditiveAttentionAttributes {
  readonly matrix: SparseTensors;
}

/**
 * Returns e[k, a] = Σ_d attention[a, d] · lrelu(receiver[i, a·D + d] + sender[j, a·D + d]) for every entry k of row i and
 * column j. lrelu'(0) is the negative slope.
 *
 * Source: Brody, Alon & Yahav 2022, "How Attentive are Graph Attention Networks?", eq. 7. https://arxiv.org/abs/2105.14491
 * @param matrix   [R, K] with E entries; the values are not read. Must live until the gradients are computed
 * @param receiver [R, A·D]
 * @param sender   [K, A·D]
 * @param attention [A, D]
 * @returns        [E, A]; caller disposes
 * @throws {ShapeError} a shape does not fit the matrix or the attention
 * Deterministic: the order of additions depends on the pattern and the shapes alone. O(E·A·D) time, O(E·A) memory; the
 * gradients need O((R + K)·A·D).
 */
export function additiveAttention(
  matrix: SparseTensors,
  receiver: Tensor2D,
  sender: Tensor2D,
  attention: Tensor2D,
  negativeSlope: number,
): Tensor2D {
  requireShape('additiveAttention', 'attention', attention, ['A', 'D']);
  const width = attention.size;
  requireShape('additiveAttention', 'receiver', receiver, [matrix.rows, width]);
  requireShape('additiveAttention', 'sender', sender, [matrix.cols, width]);
  if (!getGradient(ADDITIVE_ATTENTION_KERNEL)) {
    registerGradient({
      kernelName: ADDITIVE_ATTENTION_KERNEL,
      inputsToSave: ['receiver', 'sender', 'attention'],
      gradFunc: (gradient, saved, attributes) => {
        const [receiver, sender, attention] = saved as [Tensor2D, Tensor2D, Tensor2D];
        return scoreGradients({ receiver, sender, attention }, gradient as Tensor, attributes);
      },
    });
  }
  return runScores(ADDITIVE_ATTENTION_KERNEL, matrix, { receiver, sender, attention }, negativeSlope);
}

/** Operands of a score kernel; without attention every channel is a head of its own and counts fully. */
export interface ScoreOperands {
  readonly receiver: Tensor2D;
  readonly sender: Tensor2D;
  readonly attention?: Tensor2D;
}

/** Runs a score kernel on the tape, for this operation and pairAttention. */
export function runScores(
  kernelName: string,
  matrix: SparseTensors,
  operands: ScoreOperands,
  negativeSlope: number,
): Tensor2D {
  const heads = operands.attention?.shape[0] ?? operands.receiver.shape[1];
  const attributes: OperationAttributes = { heads, negativeSlope, matrix };
  return engine().runKernel(
    kernelName,
    { rowOf: matrix.rowOfEntry(), colIndex: matrix.colIndex, ...operands },
    attributes as unknown as NamedAttrMap,
  ) as Tensor2D;
}

/** Returns the gradients of `runScores`, each computed when it is asked for. `attributes` are those it was run with. */
export function scoreGradients(
  { receiver, sender, attention }: ScoreOperands,
  gradient: Tensor,
  attributes: NamedAttrMap,
): Record<'receiver' | 'sender' | 'attention', () => Tensor> {
  const { matrix, heads, negativeSlope } = attributes as unknown as OperationAttributes;
  const factor = attention === undefined ? {} : { attention };
  const ofSlope = { heads, negativeSlope, ofActivation: 0 } as const;
  const ofActivation = { heads, negativeSlope, ofActivation: 1 } as const;
  const byRow: EntryPattern = { rowPtr: matrix.rowPtr, colIndex: matrix.colIndex, perm: null };
  const byReceiver = { own: receiver, other: sender, gradient };
  return {
    receiver: () => runSums(byRow, { ...byReceiver, ...factor }, ofSlope),
    sender: () => runSums(matrix.transpose(), { own: sender, other: receiver, gradient, ...factor }, ofSlope),
    attention: () =>
      reshape(columnSums(runSums(byRow, byReceiver, ofActivation)), (attention as Tensor).shape),
  };
}

function runSums(
  { rowPtr, colIndex, perm }: EntryPattern,
  inputs: { own: Tensor; other: Tensor; gradient: Tensor; attention?: Tensor },
  attributes: AdditiveAttentionSumsAttributes,
): Tensor2D {
  const tensors: NamedTensorMap = { rowPtr, colIndex, ...(perm === null ? {} : { perm }), ...inputs };
  return engine().runKernel(ADDITIVE_ATTENTION_SUMS_KERNEL, tensors, { ...attributes }) as Tensor2D;
}

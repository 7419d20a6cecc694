/**
 * Weighted softmax cross-entropy of chosen rows in one pass: nothing of size [N, C] but its gradient is ever made, and
 * rows of weight 0 are not read. Device code: reference.ts (oracle), cpu.ts, wasm.ts, webgl.ts, webgpu.ts.
 */
import {
  customGrad,
  engine,
  reshape,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { requireShape } from '../kernelShapes.ts';

/** Inputs `logits` [N, C], `codes` [N], `weights` [N]; attribute `gamma`. Result []. */
export const MASKED_CROSS_ENTROPY_KERNEL = 'GraphMaskedCrossEntropy';
/** The same with `upstream` [1]. Result [N, C]. */
export const MASKED_CROSS_ENTROPY_GRADIENT_KERNEL = 'GraphMaskedCrossEntropyGradient';

export interface MaskedCrossEntropyAttributes {
  /** Focal exponent γ ≥ 0; 0 is cross-entropy. */
  readonly gamma: number;
}

/**
 * Returns Σ_i w_i · (1 − p_i)^γ · (−log p_i) over the rows of non-zero weight, p_i = softmax(z_i)[codes_i].
 * The row maximum is subtracted, so that no logit is too large. Gradient, with q = 1 − p:
 * w_i · (q^γ + γ·p·q^(γ−1)·(−log p)) · (softmax(z_i) − onehot(codes_i)) · upstream; zero rows elsewhere.
 *
 * Source of γ: Lin et al. 2017, "Focal Loss for Dense Object Detection", eq. 4. https://arxiv.org/abs/1708.02002
 * @param logits  [N, C] float32
 * @param codes   [N] int32 in [0, C); anything where the weight is 0. Not checked here: devices cannot report it
 * @param weights [N] float32
 * @param gamma   focal exponent, ≥ 0
 * @returns       scalar; caller disposes
 * @throws {ShapeError} codes or weights do not have one element per row
 * Deterministic: rows are added in a fixed order, in float64 on cpu and WASM, by a fixed tree on GPUs. O(N + M·C) time for
 * M rows of non-zero weight.
 */
export function maskedCrossEntropy(logits: Tensor2D, codes: Tensor1D, weights: Tensor1D, gamma = 0): Scalar {
  requireShape('maskedCrossEntropy', 'logits', logits, ['N', 'C']);
  requireShape('maskedCrossEntropy', 'codes', codes, [logits.shape[0]]);
  requireShape('maskedCrossEntropy', 'weights', weights, [logits.shape[0]]);
  const attributes = { gamma };
  const loss = customGrad((...inputs) => {
    const [z, save] = inputs as [Tensor2D, (tensors: Tensor[]) => void];
    save([z, codes, weights]);
    return {
      value: engine().runKernel(
        MASKED_CROSS_ENTROPY_KERNEL,
        { logits: z, codes, weights },
        attributes,
      ) as Scalar,
      gradFunc: (upstream: Tensor, saved: Tensor[]) => {
        const [savedLogits, savedCodes, savedWeights] = saved as [Tensor, Tensor, Tensor];
        return engine().runKernel(
          MASKED_CROSS_ENTROPY_GRADIENT_KERNEL,
          {
            logits: savedLogits,
            codes: savedCodes,
            weights: savedWeights,
            upstream: reshape(upstream, [1]),
          },
          attributes,
        ) as Tensor2D;
      },
    };
  });
  return loss(logits) as Scalar;
}

/**
 * Softmax over the entries of each matrix row: what turns the scores of arriving arcs into attention. Device code:
 * reference.ts (oracle), cpu.ts, wasm.ts, webgl.ts, webgpu.ts.
 */
import { customGrad, engine, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { requireShape } from '../kernelShapes.ts';
import type { SparseTensors } from '../sparseTensors.ts';

/** Inputs `rowPtr` [R + 1], `scores` [E, A]: the softmax [E, A]. */
export const SEGMENT_SOFTMAX_KERNEL = 'GraphSegmentSoftmax';
/** Inputs `rowPtr`, `alpha` [E, A] (the softmax), `gradient` [E, A]: the gradient for the scores [E, A]. */
export const SEGMENT_SOFTMAX_GRADIENT_KERNEL = 'GraphSegmentSoftmaxGradient';

/** Added to every denominator, as the field's libraries do. */
export const DENOMINATOR_TERM = 1e-16;

/**
 * Returns α[k, a] = exp(s[k, a] − m[r, a]) / (Σ_j exp(s[j, a] − m[r, a]) + 1e-16) over the entries j of the row r of
 * entry k, where m is the maximum there. Gradient: α ⊙ (g − Σ_row α·g), the maximum held fixed.
 *
 * @param matrix its pattern; the values are not read
 * @param scores [E, A] float32, one column per head
 * @returns      [E, A]; caller disposes
 * @throws {ShapeError} scores has another row count than the matrix has entries
 * Deterministic: the order of additions depends on the pattern alone. O(E·A) time and memory.
 */
export function segmentSoftmax(matrix: SparseTensors, scores: Tensor2D): Tensor2D {
  requireShape('segmentSoftmax', 'scores', scores, [matrix.numEntries, 'A']);
  const { rowPtr } = matrix;
  const softmax = customGrad((...inputs) => {
    const [input, save] = inputs as [Tensor2D, (tensors: Tensor[]) => void];
    const alpha = engine().runKernel(SEGMENT_SOFTMAX_KERNEL, { rowPtr, scores: input }) as Tensor2D;
    save([alpha]);
    return {
      value: alpha,
      gradFunc: (gradient: Tensor, saved: Tensor[]) =>
        engine().runKernel(SEGMENT_SOFTMAX_GRADIENT_KERNEL, {
          rowPtr,
          alpha: saved[0] as Tensor,
          gradient,
        }) as Tensor2D,
    };
  });
  return softmax(scores) as Tensor2D;
}

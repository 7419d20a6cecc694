/** What brings several heads, side by side in one row, back to one. */
import { mul, reshape, sum, type Tensor2D } from '@tensorflow/tfjs-core';

/** Returns out[n, d] = Σ_a x[n, a·D + d]: [N, A·D] → [N, D]. */
export function sumHeads(x: Tensor2D, heads: number): Tensor2D {
  if (heads === 1) return x;
  const [rows, width] = x.shape;
  return sum(reshape(x, [rows, heads, width / heads]), 1);
}

/** Returns the mean over heads: [N, A·D] → [N, D]. */
export function meanHeads(x: Tensor2D, heads: number): Tensor2D {
  return heads === 1 ? x : mul(sumHeads(x, heads), 1 / heads);
}

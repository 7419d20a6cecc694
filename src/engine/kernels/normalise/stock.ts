/** Normalisation and its gradients composed of stock operations, for backends without a kernel. Formulas: op.ts. */
import {
  add,
  div,
  mean as meanOf,
  mul,
  rsqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Mean, variance and 1/σ per column. */
export function stockMoments(x: Tensor2D, epsilon: number): [Tensor1D, Tensor1D, Tensor1D] {
  const mean: Tensor1D = meanOf(x, 0);
  const variance: Tensor1D = meanOf(square(sub(x, mean)), 0);
  return [mean, variance, rsqrt(add(variance, epsilon))];
}

export function stockShift(
  x: Tensor2D,
  mean: Tensor1D,
  inverse: Tensor1D,
  scale: Tensor1D,
  offset: Tensor1D,
): Tensor2D {
  return add(mul(sub(x, mean), mul(inverse, scale)), offset);
}

/** Output, and mean and 1/σ per row. */
export function stockRows(
  x: Tensor2D,
  scale: Tensor1D,
  offset: Tensor1D,
  epsilon: number,
): [Tensor, Tensor, Tensor] {
  const mean = meanOf(x, 1, true);
  const centred = sub(x, mean);
  const inverse = rsqrt(add(meanOf(square(centred), 1, true), epsilon));
  return [add(mul(mul(centred, inverse), scale), offset), mean, inverse];
}

/** dx, dγ, dβ for statistics per column. */
export function stockColumnGradients(
  gradient: Tensor2D,
  x: Tensor2D,
  mean: Tensor,
  inverse: Tensor,
  scale: Tensor1D,
): [Tensor, Tensor, Tensor] {
  const unit = mul(sub(x, mean), inverse);
  const offsetGradient = sum(gradient, 0);
  const scaleGradient = sum(mul(gradient, unit), 0);
  const rows = x.shape[0];
  const rest = sub(sub(gradient, div(offsetGradient, rows)), mul(unit, div(scaleGradient, rows)));
  return [mul(mul(scale, inverse), rest), scaleGradient, offsetGradient];
}

/** dx, dγ, dβ for statistics per row. */
export function stockRowGradients(
  gradient: Tensor2D,
  x: Tensor2D,
  mean: Tensor,
  inverse: Tensor,
  scale: Tensor1D,
): [Tensor, Tensor, Tensor] {
  const unit = mul(sub(x, mean), inverse);
  const scaled = mul(gradient, scale);
  const along = mul(unit, meanOf(mul(scaled, unit), 1, true));
  const rest = sub(sub(scaled, meanOf(scaled, 1, true)), along);
  return [mul(inverse, rest), sum(mul(gradient, unit), 0), sum(gradient, 0)];
}

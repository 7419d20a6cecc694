/** Gradient clipping by the norm of all gradients together, on the device. */
import {
  addN,
  div,
  maximum,
  minimum,
  mul,
  type Scalar,
  scalar,
  sqrt,
  square,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { ParameterError } from '../../core/errors.ts';

/** Keeps the quotient finite when every gradient is 0. */
const SMALLEST_NORM = 1e-12;

/**
 * Returns the gradients times min(1, λ / ‖g‖), ‖g‖ = √Σ g² over all elements of all of them; nothing is read back.
 * A gradient that is not finite makes the norm, and so every result, not finite: the run's loss check then ends it.
 *
 * Source: Pascanu et al. 2013, "On the difficulty of training recurrent neural networks", https://arxiv.org/abs/1211.5063
 * @param gradients left alone
 * @param maxNorm   λ > 0
 * @returns as many tensors of the same shapes; caller disposes
 * @throws {ParameterError} λ is not a positive number
 * Deterministic on every backend. O(elements) time and memory.
 */
export function clipByGlobalNorm(gradients: readonly Tensor[], maxNorm: number): Tensor[] {
  if (!(maxNorm > 0)) {
    throw new ParameterError(`Gradient clipping: the largest norm is ${maxNorm}.`, {
      code: 'clip-norm',
      remedy: 'Choose a number above 0, or switch clipping off.',
      details: { maxNorm },
    });
  }
  return tidy(() => {
    // Sums of nothing throw on graphics backends.
    const squares = gradients
      .filter(({ size }) => size > 0)
      .map((gradient) => sum(square(gradient)) as Scalar);
    if (squares.length === 0) return gradients.map((gradient) => gradient.clone());
    const norm = maximum(sqrt(addN(squares)), scalar(SMALLEST_NORM));
    const factor = minimum(scalar(1), div(scalar(maxNorm), norm));
    return gradients.map((gradient) => (gradient.size === 0 ? gradient.clone() : mul(gradient, factor)));
  });
}

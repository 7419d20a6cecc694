/**
 * Activation and counter-based dropout as one operation, which on large hidden layers saves two passes over memory each
 * way. Fused on WASM; on other backends composed of stock activations and `counterDropout`. Masks are those of
 * `counterDropout(act(x), rate, key)`, bit for bit.
 */
import {
  elu,
  engine,
  getBackend,
  getGradient,
  getKernel,
  registerGradient,
  relu,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { probabilityThreshold } from '../../../core/random.ts';
import { counterDropout } from '../dropout/op.ts';

export const ACTIVATION_DROPOUT_KERNEL = 'GraphActivationDropout';
export const ACTIVATION_DROPOUT_GRADIENT_KERNEL = 'GraphActivationDropoutGradient';

/** relu: max(x, 0). elu: x where positive, else eˣ − 1. */
export type FusedActivation = 'none' | 'relu' | 'elu';

/**
 * Returns act(x) with elements dropped at `rate` in [0, 1) and the rest scaled by 1 / (1 − rate).
 * Gradient: G · act′(x) · scale where kept, 0 where dropped; read from the output, so x need not be kept.
 * @param x   any float32 tensor; element index is row-major
 * @param key from `drawKey`; one per layer and step; not read at rate 0
 * @returns   a tensor of x's shape; caller disposes
 * Deterministic on every backend. O(size) time and memory.
 */
export function activationDropout<T extends Tensor>(
  x: T,
  activation: FusedActivation,
  rate: number,
  key: number,
): T {
  if (activation === 'none') return counterDropout(x, rate, key);
  if (!getKernel(ACTIVATION_DROPOUT_KERNEL, getBackend())) {
    return tidy(() => counterDropout(activation === 'relu' ? relu(x) : elu(x), rate, key));
  }
  declareGradient();
  const attributes = {
    isElu: activation === 'elu' ? 1 : 0,
    key,
    threshold: rate === 0 ? 0 : probabilityThreshold(rate),
    scale: 1 / (1 - rate),
  };
  return engine().runKernel(ACTIVATION_DROPOUT_KERNEL, { x }, attributes) as T;
}

function declareGradient(): void {
  if (getGradient(ACTIVATION_DROPOUT_KERNEL)) return;
  registerGradient({
    kernelName: ACTIVATION_DROPOUT_KERNEL,
    outputsToSave: [true],
    gradFunc: (gradient, [output], attributes) => ({
      x: () =>
        engine().runKernel(
          ACTIVATION_DROPOUT_GRADIENT_KERNEL,
          { output: output as Tensor, gradient: gradient as Tensor },
          attributes,
        ) as Tensor,
    }),
  });
}

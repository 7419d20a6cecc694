/**
 * Dropout with counter-based masks: an element is dropped when drawUint32(key, element) < threshold, else scaled by
 * 1 / (1 − rate). The mask is recomputed, never stored: the backward pass applies the same kernel to the gradient.
 * Same mask on every backend and at any thread count (core/random.ts).
 */
import { customGrad, engine, type Tensor } from '@tensorflow/tfjs-core';
import { probabilityThreshold } from '../../../core/random.ts';

export const DROPOUT_KERNEL = 'GraphDropout';

export interface DropoutAttributes {
  /** 32-bit key of `drawKey(seed, STREAM.dropout, step)`, unsigned. */
  readonly key: number;
  /** Drop when draw < threshold; unsigned 32 bits. */
  readonly threshold: number;
  /** 1 / (1 − rate) */
  readonly scale: number;
}

/**
 * Returns x with elements dropped at `rate` in [0, 1) and the rest scaled; x itself when rate is 0.
 * @param x   any float32 tensor; element index is row-major
 * @param key from `drawKey`; one per layer and step
 * Deterministic on every backend. O(size) time and memory.
 */
export function counterDropout<T extends Tensor>(x: T, rate: number, key: number): T {
  if (rate === 0) return x.clone() as T;
  const attributes: DropoutAttributes = { key, threshold: probabilityThreshold(rate), scale: 1 / (1 - rate) };
  const apply = (input: Tensor): Tensor =>
    engine().runKernel(DROPOUT_KERNEL, { x: input }, { ...attributes }) as Tensor;
  const dropped = customGrad((...inputs) => ({
    value: apply(inputs[0] as Tensor),
    gradFunc: (gradient: Tensor) => apply(gradient),
  }));
  return dropped(x) as T;
}

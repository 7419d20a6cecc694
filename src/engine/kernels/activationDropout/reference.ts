/** Plain-loop oracle of activation and dropout; the activation in double precision, products in float32. */
import { drawUint32 } from '../../../core/random.ts';
import type { FusedActivation } from './op.ts';

function activated(x: number, activation: FusedActivation): number {
  if (activation === 'none') return x;
  if (activation === 'relu') return Math.max(x, 0);
  return x > 0 ? x : Math.expm1(x);
}

/** Slope of the activation at x. */
export function activationSlope(x: number, activation: FusedActivation): number {
  if (activation === 'none' || x > 0) return 1;
  return activation === 'relu' ? 0 : Math.exp(x);
}

export function activationDropoutReference(
  x: ArrayLike<number>,
  activation: FusedActivation,
  key: number,
  threshold: number,
  scale: number,
): Float32Array {
  const factor = Math.fround(scale);
  return Float32Array.from({ length: x.length }, (_, element) =>
    drawUint32(key, element) < threshold
      ? 0
      : Math.fround(Math.fround(activated(x[element] as number, activation)) * factor),
  );
}

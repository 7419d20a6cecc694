/** Plain-loop oracle of one momentum step in double precision; nothing is changed. */
import type { MomentumOptions } from './op.ts';

export interface MomentumState {
  readonly parameter: Float32Array;
  readonly velocity: Float32Array;
}

export function momentumStepReference(
  { parameter, velocity }: MomentumState,
  gradient: ArrayLike<number>,
  { learningRate, momentum, weightDecay }: MomentumOptions,
): MomentumState {
  const next = velocity.map(
    (v, i) => momentum * v + (gradient[i] as number) + weightDecay * (parameter[i] as number),
  );
  return {
    velocity: next,
    parameter: parameter.map((theta, i) => theta - learningRate * (next[i] as number)),
  };
}

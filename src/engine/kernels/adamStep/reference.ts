/** Plain-loop oracle of one Adam step in double precision; moments and parameter are returned, nothing is changed. */
import type { AdamOptions } from './op.ts';

export interface AdamState {
  readonly parameter: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
}

export function adamStepReference(
  state: AdamState,
  gradient: ArrayLike<number>,
  options: AdamOptions,
): AdamState {
  const { learningRate, beta1, beta2, epsilon, step, weightDecay, isDecoupled = false } = options;
  const next = {
    parameter: state.parameter.slice(),
    firstMoment: state.firstMoment.slice(),
    secondMoment: state.secondMoment.slice(),
  };
  for (let i = 0; i < next.parameter.length; i++) {
    const theta = state.parameter[i] as number;
    const g = (gradient[i] as number) + (isDecoupled ? 0 : weightDecay * theta);
    const kept = isDecoupled ? theta - learningRate * weightDecay * theta : theta;
    const m = beta1 * (state.firstMoment[i] as number) + (1 - beta1) * g;
    const v = beta2 * (state.secondMoment[i] as number) + (1 - beta2) * g * g;
    const mHat = m / (1 - beta1 ** step);
    const vHat = v / (1 - beta2 ** step);
    next.firstMoment[i] = m;
    next.secondMoment[i] = v;
    next.parameter[i] = kept - (learningRate * mHat) / (Math.sqrt(vHat) + epsilon);
  }
  return next;
}

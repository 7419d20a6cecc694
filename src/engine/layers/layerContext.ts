/** What every layer receives: where to register parameters, the seed, and per pass whether and how to drop. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { drawKey, STREAM } from '../../core/random.ts';
import { counterDropout } from '../kernels/dropout/op.ts';
import type { ParameterStore } from '../parameterStore.ts';

export interface LayerContext {
  readonly store: ParameterStore;
  readonly seed: number;
}

/** One forward pass. `step` is the optimiser step (1-based); inference drops nothing. */
export interface ForwardPass {
  readonly isTraining: boolean;
  readonly step: number;
  readonly dropout: number;
  readonly seed: number;
}

/**
 * Dropout of one named place in a model. Each place has its own site number, so that layers never share masks:
 * step and site fold into one counter (up to 64 sites).
 */
export function dropAt<T extends Tensor>(x: T, site: number, pass: ForwardPass): T {
  if (!pass.isTraining || pass.dropout === 0) return x;
  return counterDropout(x, pass.dropout, drawKey(pass.seed, STREAM.dropout, pass.step * 64 + site));
}

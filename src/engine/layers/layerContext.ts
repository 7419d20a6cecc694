/** What every layer receives: where to register parameters, the seed, and per pass whether and how to drop. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { drawKey, STREAM } from '../../core/random.ts';
import { counterDropout } from '../kernels/dropout/op.ts';
import type { ParameterStore } from '../parameterStore.ts';

export interface LayerContext {
  readonly store: ParameterStore;
  readonly seed: number;
  /** L2 strength for the parameters that the layer calls weights; biases have none. */
  readonly weightDecay: number;
  /** Returns the number of a new place where something is dropped; asked for once, when the layer is created. */
  nextSite(): number;
}

/** Sites 0 and 1 belong to the feature blocks. */
export const FEATURE_SITES = { sparse: 0, dense: 1 } as const;

export function createLayerContext(store: ParameterStore, seed: number, weightDecay: number): LayerContext {
  let site = 2;
  return { store, seed, weightDecay, nextSite: () => site++ };
}

/** One forward pass. `step` is the optimiser step (1-based); inference drops nothing. */
export interface ForwardPass {
  readonly isTraining: boolean;
  readonly step: number;
  readonly dropout: number;
  readonly seed: number;
  /** Inference only: called by each attention layer with its weights [E, A]; they go with the pass unless kept. */
  readonly onAttention?: (weights: Tensor2D) => void;
}

/** Sites that share one stream with the step; deeper models use a second stream. */
const SITES = 64;
const DEEP_SITES = 4096;

/** Key of the masks of one place in one step, so that no two places or steps share a mask. */
export function dropoutKey(site: number, pass: ForwardPass): number {
  return site < SITES
    ? drawKey(pass.seed, STREAM.dropout, pass.step * SITES + site)
    : drawKey(pass.seed, STREAM.deepDropout, pass.step * DEEP_SITES + site);
}

/** Dropout of one named place in a model; `rate` is the pass's own unless given. */
export function dropAt<T extends Tensor>(
  x: T,
  site: number,
  pass: ForwardPass,
  rate: number = pass.dropout,
): T {
  if (!pass.isTraining || rate === 0) return x;
  return counterDropout(x, rate, dropoutKey(site, pass));
}

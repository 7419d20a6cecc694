/** What an optimiser is: an update of one parameter from its gradient. Schedules, clipping and storage belong to callers. */
import type { Tensor, Variable } from '@tensorflow/tfjs-core';

/** What one step of training says to every parameter. */
export interface OptimizerStep {
  /** η */
  readonly learningRate: number;
  /** 1-based number of the step. */
  readonly step: number;
  /** λ of this parameter; 0 for none. Each optimiser says how it applies it. */
  readonly weightDecay: number;
  /** μ in [0, 1); read by optimisers that have it. */
  readonly momentum: number;
}

export interface Optimizer {
  readonly id: string;
  readonly name: string;
  /** Tensors of the parameter's shape that the optimiser keeps, all 0 at first. */
  readonly numMoments: 1 | 2;
  /**
   * Updates the parameter and its moments; the gradient is left alone.
   * @param moments at least `numMoments`, owned by the optimiser alone: their data may change in place
   * @throws {ShapeError} shapes differ
   * Deterministic on every backend. O(size) time and memory.
   */
  apply(parameter: Variable, moments: readonly Variable[], gradient: Tensor, step: OptimizerStep): void;
}

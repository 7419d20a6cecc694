/**
 * Squared, absolute and Huber loss over chosen rows: what a predictor of numbers minimises on its training nodes.
 * Huber: ½d² for |d| ≤ δ, else δ(|d| − ½δ), δ = 1 in standard units. Source: Huber 1964, "Robust Estimation of a Location
 * Parameter". Mean over rows; gradient by the stock operations.
 */
import { abs, minimum, mul, square, sub, sum, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { type Bitset, bitsetIndices } from '../../core/bitset.ts';
import type { Objective } from './objective.ts';

export type RegressionLoss = 'mse' | 'mae' | 'huber';

/**
 * @param targets [N] numbers; only rows in `rows` are read
 * @param rows    not empty
 * loss: output [N, 1] → scalar. O(N).
 */
export function createMaskedRegression(targets: Float32Array, rows: Bitset, kind: RegressionLoss): Objective {
  const members = bitsetIndices(rows);
  const truthValues = new Float32Array(targets.length);
  const shareValues = new Float32Array(targets.length);
  for (const row of members) {
    truthValues[row] = targets[row] as number;
    shareValues[row] = 1 / members.length;
  }
  const truth = tensor2d(truthValues, [targets.length, 1]);
  const share = tensor2d(shareValues, [targets.length, 1]);
  return {
    loss(output) {
      const difference = sub(output, truth) as Tensor2D;
      return sum(mul(LOSSES[kind](difference), share));
    },
    dispose() {
      truth.dispose();
      share.dispose();
    },
  };
}

const LOSSES: Readonly<Record<RegressionLoss, (difference: Tensor2D) => Tensor2D>> = {
  mse: (d) => square(d),
  mae: (d) => abs(d),
  // |d| cut at δ = 1: c·(|d| − ½c) is ½d² below and |d| − ½ above.
  huber: (d) => {
    const size = abs(d);
    const cut = minimum(size, 1);
    return mul(cut, sub(size, mul(cut, 0.5)));
  },
};

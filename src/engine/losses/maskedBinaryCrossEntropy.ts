/**
 * Sigmoid cross-entropy over chosen rows and known labels: what a predictor of several yes/no labels minimises.
 * Per decision, from the logit s: w·(max(s, 0) − s·y + log(1 + exp(−|s|))), which never overflows; w is the label's weight
 * where y = 1, else 1. Mean over the known decisions of the rows.
 */
import {
  abs,
  add,
  exp,
  log1p,
  mul,
  neg,
  relu,
  sub,
  sum,
  type Tensor2D,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { type Bitset, bitsetIndices } from '../../core/bitset.ts';
import type { Objective } from './objective.ts';

/**
 * @param targets        [N · L] 0 or 1, NaN = unknown
 * @param rows           rows that count; at least one of them with a known label
 * @param positiveWeight [L] or null for 1
 * loss: output [N, L] → scalar. O(N·L).
 */
export function createMaskedBinaryCrossEntropy(
  targets: Float32Array,
  rows: Bitset,
  numLabels: number,
  positiveWeight: Float32Array | null,
): Objective {
  const numRows = targets.length / numLabels;
  const truthValues = new Float32Array(targets.length);
  const weightValues = new Float32Array(targets.length);
  let known = 0;
  for (const row of bitsetIndices(rows)) {
    for (let label = 0; label < numLabels; label++) {
      const at = row * numLabels + label;
      const value = targets[at] as number;
      if (Number.isNaN(value)) continue;
      known++;
      truthValues[at] = value;
      weightValues[at] = value > 0 && positiveWeight !== null ? (positiveWeight[label] as number) : 1;
    }
  }
  const shares = weightValues.map((weight) => weight / Math.max(1, known));
  const truth = tensor2d(truthValues, [numRows, numLabels]);
  const share = tensor2d(shares, [numRows, numLabels]);
  return {
    loss(output) {
      const softened = log1p(exp(neg(abs(output))));
      const perDecision = add(sub(relu(output), mul(output, truth)), softened) as Tensor2D;
      return sum(mul(perDecision, share));
    },
    dispose() {
      truth.dispose();
      share.dispose();
    },
  };
}

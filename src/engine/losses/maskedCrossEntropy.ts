/**
 * Softmax cross-entropy over chosen rows: what a node classifier minimises on its training nodes.
 */
import {
  customGrad,
  logSoftmax,
  mul,
  neg,
  type Scalar,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { type Bitset, bitsetIndices } from '../../core/bitset.ts';

export interface Objective {
  /** Scalar loss of the model's output, differentiable. */
  loss(output: Tensor2D): Scalar;
  dispose(): void;
}

/**
 * Returns the mean cross-entropy −(1/|T|) Σ_{i∈T} log softmax(z_i)[y_i] over the rows T.
 * Log-softmax subtracts the row maximum, so that no exp overflows. Gradient: (softmax(z) − onehot(y)) / |T| on T, 0 elsewhere,
 * computed in closed form, since the gradient of a row gather has no kernel on WASM.
 *
 * @param codes [N] class of every node; only rows in `rows` are read
 * @param rows  T, not empty
 * loss: output [N, C] → scalar. O(N·C).
 */
export function createMaskedCrossEntropy(codes: Int32Array, rows: Bitset, numClasses: number): Objective {
  const members = bitsetIndices(rows);
  const share = 1 / members.length;
  const targetValues = new Float32Array(codes.length * numClasses);
  const maskValues = new Float32Array(codes.length);
  for (const row of members) {
    targetValues[row * numClasses + (codes[row] as number)] = share;
    maskValues[row] = share;
  }
  // target[i, c] = 1/|T| at the true class of training rows; mask[i] = 1/|T| on training rows.
  const target = tensor2d(targetValues, [codes.length, numClasses]);
  const mask = tensor2d(maskValues, [codes.length, 1]);
  return {
    loss(output) {
      const loss = customGrad((...inputs) => {
        const [logits, save] = inputs as [Tensor2D, (tensors: Tensor[]) => void];
        save([logits]);
        return {
          value: neg(sum(mul(logSoftmax(logits), target))),
          gradFunc: (upstream: Tensor, saved: Tensor[]) =>
            mul(upstream, sub(mul(softmax(saved[0] as Tensor2D), mask), target)),
        };
      });
      return loss(output) as Scalar;
    },
    dispose() {
      target.dispose();
      mask.dispose();
    },
  };
}

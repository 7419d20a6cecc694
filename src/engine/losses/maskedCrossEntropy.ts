/**
 * Softmax cross-entropy over chosen rows: what a node classifier minimises on its training nodes. Class weights and the
 * focal exponent serve unbalanced classes; how weights are chosen is the caller's (task's) matter.
 */
import { tensor1d } from '@tensorflow/tfjs-core';
import { type Bitset, bitsetIndices } from '../../core/bitset.ts';
import { ParameterError } from '../../core/errors.ts';
import { maskedCrossEntropy } from '../kernels/maskedCrossEntropy/op.ts';
import type { Objective } from './objective.ts';

export interface MaskedCrossEntropyOptions {
  /** [C] factor of each class, finite and not negative; absent or null: 1. */
  readonly classWeights?: Float32Array | null;
  /** Exponent γ ≥ 0 of (1 − p)^γ, which turns down what is already right; 0, the default, is cross-entropy. */
  readonly focalGamma?: number;
}

/**
 * Returns the weighted mean Σ_{i∈T} c_i · (1 − p_i)^γ · (−log p_i) / Σ_{i∈T} c_i over the rows T, where
 * p_i = softmax(z_i)[y_i] and c_i is the class weight of y_i; without options −(1/|T|) Σ_{i∈T} log p_i.
 * The mean is PyTorch's `CrossEntropyLoss(weight)`. γ: Lin et al. 2017, eq. 4, https://arxiv.org/abs/1708.02002
 *
 * @param codes [N] class of every node; only rows in `rows` are read
 * @param rows  T, not empty
 * @throws {ParameterError} a row of T has no class in [0, C); class weights are not C finite numbers ≥ 0, or are 0 for
 *   every class of T; γ is negative or not finite
 * loss: output [N, C] → scalar. O(N + |T|·C).
 */
export function createMaskedCrossEntropy(
  codes: Int32Array,
  rows: Bitset,
  numClasses: number,
  options: MaskedCrossEntropyOptions = {},
): Objective {
  const { classWeights = null, focalGamma = 0 } = options;
  requireOptions(numClasses, classWeights, focalGamma);
  const members = bitsetIndices(rows);
  let total = 0;
  for (const row of members) {
    const code = codes[row] as number;
    if (!(code >= 0 && code < numClasses)) throw codeError(row, code, numClasses);
    total += classWeights?.[code] ?? 1;
  }
  if (members.length > 0 && total === 0) throw noWeightError();
  const weightValues = new Float32Array(codes.length);
  for (const row of members) weightValues[row] = (classWeights?.[codes[row] as number] ?? 1) / total;
  const codeTensor = tensor1d(codes.slice(), 'int32');
  const weights = tensor1d(weightValues);
  return {
    loss: (output) => maskedCrossEntropy(output, codeTensor, weights, focalGamma),
    dispose() {
      codeTensor.dispose();
      weights.dispose();
    },
  };
}

function requireOptions(numClasses: number, classWeights: Float32Array | null, focalGamma: number): void {
  if (!(focalGamma >= 0 && focalGamma < Infinity)) {
    throw new ParameterError(`The focal exponent is ${focalGamma}; it must be finite and not negative.`, {
      code: 'focal-gamma',
      remedy: 'Give a focal exponent of 0 or more; 2 is usual.',
      details: { id: 'focalGamma', value: focalGamma },
    });
  }
  if (classWeights === null) return;
  const wrong = classWeights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (classWeights.length === numClasses && wrong < 0) return;
  const fault =
    wrong < 0
      ? `There are ${classWeights.length} class weights for ${numClasses} classes.`
      : `The weight of class ${wrong} is ${classWeights[wrong]}; weights must be finite and not negative.`;
  throw new ParameterError(fault, {
    code: 'class-weights',
    remedy: 'Give one weight of 0 or more per class.',
    details: { id: 'classWeights', value: [...classWeights], numClasses },
  });
}

function codeError(row: number, code: number, numClasses: number): ParameterError {
  return new ParameterError(
    `Row ${row} is trained on but has class ${code}, outside 0 to ${numClasses - 1}.`,
    {
      code: 'class-code',
      remedy: 'Train on labelled rows only.',
      details: { row, code, numClasses },
    },
  );
}

function noWeightError(): ParameterError {
  return new ParameterError(
    'Every class among the training rows has weight 0, so nothing would be learned.',
    {
      code: 'class-weights',
      remedy: 'Give a positive weight to a class that the training rows have.',
      details: { id: 'classWeights' },
    },
  );
}

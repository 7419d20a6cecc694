/** What a model minimises: a differentiable scalar of its output. */
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';

export interface Objective {
  /** Scalar loss of the model's output [rows, outputs], differentiable. */
  loss(output: Tensor2D): Scalar;
  dispose(): void;
}

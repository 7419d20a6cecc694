/**
 * Adam with L2: the decay joins the gradient, as in the papers of the classic graph networks and PyTorch's `Adam`.
 * Source: Kingma & Ba 2015, "Adam: A Method for Stochastic Optimization", https://arxiv.org/abs/1412.6980.
 */
import type { Variable } from '@tensorflow/tfjs-core';
import { adamStep } from '../kernels/adamStep/op.ts';
import type { Optimizer } from './optimizerTypes.ts';

/** The paper's constants. */
export const ADAM_CONSTANTS = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

export const adam: Optimizer = {
  id: 'adam',
  name: 'Adam',
  numMoments: 2,
  apply(parameter, moments, gradient, { learningRate, step, weightDecay }) {
    const [first, second] = moments as readonly [Variable, Variable];
    adamStep(parameter, first, second, gradient, { ...ADAM_CONSTANTS, learningRate, step, weightDecay });
  },
};

/**
 * AdamW: the decay scales the parameter by 1 − ηλ and stays out of the moments; otherwise Adam.
 * Source: Loshchilov & Hutter 2019, "Decoupled Weight Decay Regularization", https://arxiv.org/abs/1711.05101.
 */
import type { Variable } from '@tensorflow/tfjs-core';
import { adamStep } from '../kernels/adamStep/op.ts';
import { ADAM_CONSTANTS } from './adam.ts';
import type { Optimizer } from './optimizerTypes.ts';

export const adamw: Optimizer = {
  id: 'adamw',
  name: 'AdamW',
  numMoments: 2,
  apply(parameter, moments, gradient, { learningRate, step, weightDecay }) {
    const [first, second] = moments as readonly [Variable, Variable];
    const options = { ...ADAM_CONSTANTS, learningRate, step, weightDecay, isDecoupled: true };
    adamStep(parameter, first, second, gradient, options);
  },
};

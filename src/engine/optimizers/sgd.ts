/**
 * Gradient descent with momentum, in PyTorch's convention: v ← μv + g + λθ, θ ← θ − ηv.
 * Source: Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning",
 * https://proceedings.mlr.press/v28/sutskever13.html.
 */
import type { Variable } from '@tensorflow/tfjs-core';
import { momentumStep } from '../kernels/momentumStep/op.ts';
import type { Optimizer } from './optimizerTypes.ts';

export const sgd: Optimizer = {
  id: 'sgd',
  name: 'SGD with momentum',
  numMoments: 1,
  apply(parameter, moments, gradient, { learningRate, weightDecay, momentum }) {
    const [velocity] = moments as readonly [Variable];
    momentumStep(parameter, velocity, gradient, { learningRate, momentum, weightDecay });
  },
};

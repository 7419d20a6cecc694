/**
 * Multi-layer perceptron on the features alone: what the words (or numbers) say without the graph. The baseline that
 * tells what a graph model adds. Source: standard; 64 hidden units, dropout 0.5, Adam 0.01, L2 5e-4.
 */
import { createLinear } from '../layers/linear.ts';
import { createLayeredNetwork, type NetworkRecipe } from './layeredNetwork.ts';
import type { ModelDescriptor } from './modelTypes.ts';
import { networkParameters, rawBagsPreset } from './trainerParameters.ts';

const recipe: NetworkRecipe = {
  modelName: 'MLP',
  layerName: 'linear',
  decay: 'all',
  activation: 'relu',
  usesGraph: false,
  createLayer({ context, name, input, outChannels }) {
    const linear = createLinear(context, name, input, outChannels);
    return (_, x) => linear.forward(x);
  },
};

export const mlp: ModelDescriptor = {
  id: 'mlp',
  name: 'MLP (features only)',
  family: 'classical',
  summary: 'A plain neural network on each node’s own features. It never sees an edge.',
  source: 'standard',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: false, features: true },
  batching: ['neighbours'],
  parameters: networkParameters(64, 'every layer'),
  presets: [rawBagsPreset],
  create: (context) => createLayeredNetwork(context, recipe),
};

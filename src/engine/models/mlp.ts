/**
 * Multi-layer perceptron on the features alone: what the words (or numbers) say without the graph. The baseline that
 * tells what a graph model adds. Source: standard; 64 hidden units, dropout 0.5, Adam 0.01, L2 5e-4.
 */
import { createBias } from '../layers/bias.ts';
import { createFeatureLinear } from '../layers/featureLinear.ts';
import { createLinear } from '../layers/linear.ts';
import { createLayeredNetwork, type NetworkRecipe } from './layeredNetwork.ts';
import type { ModelDescriptor } from './modelTypes.ts';
import { networkParameters } from './trainerParameters.ts';

const recipe: NetworkRecipe = {
  modelName: 'MLP',
  layerName: 'linear',
  decay: 'all',
  first({ context, tensors, name, outChannels, isDecayed }) {
    const features = tensors.features();
    const project = createFeatureLinear(context, name, features, outChannels, isDecayed);
    const addBias = createBias(context, name, outChannels);
    return (pass) => addBias(project.forward(features, pass));
  },
  next({ context, name, outChannels, isDecayed }, inChannels) {
    const linear = createLinear(context, name, inChannels, outChannels, isDecayed);
    return (x) => linear.forward(x);
  },
};

export const mlp: ModelDescriptor = {
  id: 'mlp',
  name: 'MLP (features only)',
  family: 'classical',
  summary: 'A plain neural network on each node’s own features. It never sees an edge.',
  source: 'standard',
  tasks: ['node-classification'],
  uses: { structure: false, features: true },
  parameters: networkParameters(64, 'every layer'),
  create: (context) => createLayeredNetwork(context, recipe),
};

/**
 * Graph convolutional network: Z = S·drop(relu(S·drop(X)·W0 + b0))·W1 + b1, and so on for more layers.
 *
 * Source: Kipf & Welling 2017, "Semi-Supervised Classification with Graph Convolutional Networks".
 * https://arxiv.org/abs/1609.02907. Defaults are the paper's: 2 layers of 16, dropout 0.5 on input and hidden,
 * Adam 0.01, L2 5e-4 on the first layer only, 200 epochs, feature rows scaled to sum 1.
 */
import { createGcnConv } from '../layers/gcnConv.ts';
import { createLayeredNetwork, type NetworkRecipe } from './layeredNetwork.ts';
import type { ModelDescriptor } from './modelTypes.ts';
import { messageParameters, networkParameters, rawBagsPreset } from './trainerParameters.ts';

const recipe: NetworkRecipe = {
  modelName: 'GCN',
  layerName: 'conv',
  decay: 'first',
  activation: 'relu',
  usesGraph: true,
  createLayer({ context, name, input, outChannels }) {
    const convolution = createGcnConv(context, name, input, outChannels);
    return (graph, x) => convolution.forward(graph, x);
  },
};

export const gcn: ModelDescriptor = {
  id: 'gcn',
  name: 'GCN',
  family: 'gnn',
  summary:
    'Mixes each node’s features with its neighbours’, layer by layer. The standard first graph network.',
  source:
    'Kipf & Welling 2017, Semi-Supervised Classification with Graph Convolutional Networks, https://arxiv.org/abs/1609.02907',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: true, features: true },
  batching: ['clusters'],
  parameters: [...networkParameters(16, 'the first layer'), ...messageParameters],
  presets: [
    {
      id: 'planetoid',
      name: 'Cora, CiteSeer, PubMed',
      summary: 'The settings of the GCN paper for citation graphs with 20 labels per class.',
      parameters: { hidden: 16, layers: 2, dropout: 0.5, learningRate: 0.01, weightDecay: 5e-4, epochs: 200 },
    },
    rawBagsPreset,
  ],
  create: (context) => createLayeredNetwork(context, recipe),
};

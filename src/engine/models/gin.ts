/**
 * Graph isomorphism network on nodes: neighbours are summed, so that the model can count them, and each layer ends in a
 * two-layer perceptron.
 *
 * Source: Xu et al. 2019, "How Powerful are Graph Neural Networks?". https://arxiv.org/abs/1810.00826. As there, hidden units
 * are normalised over the nodes of a step inside and after each perceptron: sums grow with the degree. Adam 0.01 and 64
 * units are of the paper's range.
 */
import { createGinConv } from '../layers/ginConv.ts';
import { createLayeredNetwork, type NetworkRecipe } from './layeredNetwork.ts';
import type { ModelDescriptor } from './modelTypes.ts';
import {
  choiceValue,
  messageParameters,
  networkParameters,
  numberValue,
  withDefaults,
} from './trainerParameters.ts';

const recipe: NetworkRecipe = {
  modelName: 'GIN',
  layerName: 'conv',
  decay: 'all',
  activation: 'relu',
  usesGraph: true,
  createLayer({ context, name, input, outChannels, values }) {
    return createGinConv(context, name, input, outChannels, {
      hiddenChannels: numberValue(values, 'hidden'),
      normalisation: choiceValue(values, 'normalisation', 'none'),
    }).forward;
  },
};

export const gin: ModelDescriptor = {
  id: 'gin',
  name: 'GIN',
  family: 'gnn',
  summary: 'Sums over neighbours and can therefore count them. For graphs where structure says much.',
  source: 'Xu et al. 2019, How Powerful are Graph Neural Networks?, https://arxiv.org/abs/1810.00826',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: true, features: true },
  // Not 'neighbours': a sum over some of them is too small, and only means stay true on average.
  batching: ['clusters'],
  parameters: [
    ...withDefaults(networkParameters(64, 'every layer'), { normalisation: 'batch' }),
    ...messageParameters,
  ],
  /** Each layer is two linear maps with a normalisation between (fitted to measured peaks). */
  activationFloats: ({ numNodes, denseWidth }, values) =>
    numNodes *
    (denseWidth +
      numberValue(values, 'layers') *
        numberValue(values, 'hidden') *
        (choiceValue(values, 'normalisation', 'none') === 'none' ? 16 : 38)),
  create: (context) => createLayeredNetwork(context, recipe),
};

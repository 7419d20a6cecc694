/**
 * GraphSAGE: a node keeps its own features apart from the mean or the largest of its neighbours', which suits graphs where
 * neighbours differ, nodes unseen in training, and sampled neighbourhoods.
 *
 * Source: Hamilton, Ying & Leskovec 2017, "Inductive Representation Learning on Large Graphs".
 * https://arxiv.org/abs/1706.02216. Defaults: 2 layers of 64, dropout 0.5, Adam 0.01, L2 5e-4 on every layer.
 */
import type { BooleanSpec, ChoiceSpec } from '../../core/parameters.ts';
import { createSageConv } from '../layers/sageConv.ts';
import { createLayeredNetwork, type NetworkRecipe } from './layeredNetwork.ts';
import type { ModelDescriptor } from './modelTypes.ts';
import {
  choiceValue,
  isOn,
  messageParameters,
  networkParameters,
  numberValue,
  rawBagsPreset,
} from './trainerParameters.ts';

const aggregation = {
  kind: 'choice',
  id: 'aggregation',
  name: 'Aggregation',
  help: 'What a node takes from its neighbours: their mean, or per unit the largest of their projected values.',
  options: [
    { id: 'mean', name: 'Mean' },
    { id: 'max', name: 'Max' },
  ],
  default: 'mean',
  search: ['mean', 'max'],
} as const satisfies ChoiceSpec;

const unitLength = {
  kind: 'boolean',
  id: 'unitLength',
  name: 'Unit length',
  help: 'Scales each hidden layer’s rows to length 1, as in the paper.',
  default: false,
  isAdvanced: true,
} as const satisfies BooleanSpec;

const recipe: NetworkRecipe = {
  modelName: 'GraphSAGE',
  layerName: 'conv',
  decay: 'all',
  activation: 'relu',
  usesGraph: true,
  createLayer({ context, name, input, outChannels, isLast, values }) {
    const convolution = createSageConv(context, name, input, outChannels, {
      aggregation: choiceValue(values, 'aggregation', 'mean') === 'max' ? 'pool' : 'mean',
      poolChannels: numberValue(values, 'hidden'),
      // Outputs are not: logits of length 1 could not express certainty.
      isNormalised: isOn(values, 'unitLength') && !isLast,
    });
    return (graph, x) => convolution.forward(graph, x);
  },
};

export const sage: ModelDescriptor = {
  id: 'sage',
  name: 'GraphSAGE',
  family: 'gnn',
  summary:
    'Looks at a node and at a summary of its neighbours separately. Works on nodes never seen in training.',
  source:
    'Hamilton, Ying & Leskovec 2017, Inductive Representation Learning on Large Graphs, https://arxiv.org/abs/1706.02216',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: true, features: true },
  batching: ['neighbours', 'clusters'],
  parameters: [...networkParameters(64, 'every layer'), ...messageParameters, aggregation, unitLength],
  presets: [
    {
      id: 'planetoid',
      name: 'Cora, CiteSeer, PubMed',
      summary: 'Mean aggregation for citation graphs with 20 labels per class.',
      parameters: {
        aggregation: 'mean',
        hidden: 64,
        dropout: 0.5,
        learningRate: 0.01,
        weightDecay: 5e-4,
        epochs: 200,
      },
    },
    rawBagsPreset,
  ],
  create: (context) => createLayeredNetwork(context, recipe),
};

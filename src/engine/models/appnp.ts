/**
 * APPNP: a network on each node's own features predicts, personalised PageRank spreads the predictions:
 * H = MLP(X), Z(0) = H, Z(k+1) = (1 − α)·S·Z(k) + α·H, output Z(K). Far neighbours cost no further weights.
 *
 * Source: Gasteiger, Bojchevski & Günnemann 2019, "Predict then Propagate: Graph Neural Networks meet Personalized
 * PageRank", https://arxiv.org/abs/1810.05997. Defaults are the paper's: 2 layers of 64, α 0.1, K 10, dropout 0.5 on
 * inputs, hidden units and S, Adam 0.01, L2 5e-3 on the first layer. Shapes: X [N, F] → [N, C].
 */
import { createAppnpPropagation } from '../layers/appnpPropagation.ts';
import { createLinear } from '../layers/linear.ts';
import { createLayeredNetwork, type NetworkRecipe } from './layeredNetwork.ts';
import type { ModelDescriptor } from './modelTypes.ts';
import * as shared from './trainerParameters.ts';

const recipe: NetworkRecipe = {
  modelName: 'APPNP',
  layerName: 'linear',
  decay: 'first',
  activation: 'relu',
  usesGraph: true,
  createLayer({ context, name, input, outChannels, isLast, values }) {
    const linear = createLinear(context, name, input, outChannels);
    if (!isLast) return (_, x) => linear.forward(x);
    const propagation = createAppnpPropagation(context, {
      steps: shared.numberValue(values, 'steps'),
      alpha: shared.numberValue(values, 'alpha'),
      edgeDropout: shared.numberValue(values, 'messageDropout'),
    });
    return (graph, x, pass) => propagation.forward(graph, linear.forward(x), pass);
  },
};

export const appnp: ModelDescriptor = {
  id: 'appnp',
  name: 'APPNP',
  family: 'gnn',
  summary: 'Predicts from each node’s own features, then lets the predictions spread over the graph.',
  source:
    'Gasteiger, Bojchevski & Günnemann 2019, Predict then Propagate: Graph Neural Networks meet Personalized PageRank, https://arxiv.org/abs/1810.05997',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: true, features: true },
  batching: ['clusters'],
  parameters: [
    shared.epochs(400),
    shared.hiddenUnits(64),
    {
      ...shared.layers(2),
      help: 'Layers of the network on each node’s own features. How far a node sees is set by the steps.',
    },
    {
      kind: 'integer',
      id: 'steps',
      name: 'Propagation steps',
      help: 'How many times the predictions are passed on; each step reaches one hop further.',
      min: 0,
      max: 200,
      step: 1,
      default: 10,
      search: [2, 5, 10, 20],
    },
    {
      kind: 'number',
      id: 'alpha',
      name: 'Teleport α',
      help: 'How much of its own prediction a node keeps in each step. Higher stays closer to home.',
      min: 0,
      max: 1,
      step: 0.05,
      default: 0.1,
      search: { from: 0.05, to: 0.5 },
    },
    shared.learningRate(0.01),
    shared.dropout(0.5),
    shared.dropInputs(true),
    {
      kind: 'number',
      id: 'messageDropout',
      name: 'Message dropout',
      help: 'Share of the messages left out at random in each propagation step of training.',
      min: 0,
      max: 0.95,
      step: 0.05,
      default: 0.5,
      isAdvanced: true,
    },
    shared.weightDecay(5e-3, 'the first layer'),
    shared.patience(100),
    shared.normalisation,
    ...shared.optimiserParameters,
  ],
  activationFloats({ numNodes, numOutputs, denseWidth, sparseEntries }, values) {
    const numHidden = shared.numberValue(values, 'layers') - 1;
    const perNode = denseWidth + 8 * numHidden * shared.numberValue(values, 'hidden') + 13 * numOutputs;
    return numNodes * perNode + 2 * sparseEntries;
  },
  create: (context) => createLayeredNetwork(context, recipe),
};

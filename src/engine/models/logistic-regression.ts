/**
 * Multinomial logistic regression on the features alone: Z = X·W + b, trained like every other model here.
 * Source: standard. Loss mean cross-entropy + (l2 / 2)·‖W‖²; Adam 0.05, 300 epochs, L2 5e-4. Shapes: X [N, F] → [N, C].
 */
import { createLinear } from '../layers/linear.ts';
import { createLayeredNetwork, type NetworkRecipe } from './layeredNetwork.ts';
import type { Model, ModelContext, ModelDescriptor } from './modelTypes.ts';
import * as shared from './trainerParameters.ts';

const recipe: NetworkRecipe = {
  modelName: 'Logistic regression',
  layerName: 'linear',
  decay: 'all',
  activation: 'relu',
  usesGraph: false,
  createLayer({ context, name, input, outChannels }) {
    const linear = createLinear(context, name, input, outChannels);
    return (_, x) => linear.forward(x);
  },
};

/** A network of one layer: no hidden units, nothing to drop. */
const create = (context: ModelContext): Model =>
  createLayeredNetwork(
    { ...context, values: { ...context.values, layers: 1, hidden: 1, dropout: 0 } },
    recipe,
  );

export const logisticRegression: ModelDescriptor = {
  id: 'logistic-regression',
  name: 'Logistic regression',
  family: 'classical',
  summary:
    'One linear map from each node’s own features to the answer. What simple statistics get without the graph.',
  source: 'standard',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: false, features: true },
  batching: ['neighbours'],
  parameters: [
    shared.epochs(300),
    shared.learningRate(0.05),
    shared.weightDecay(5e-4, 'the linear map'),
    shared.patience(50),
    ...shared.optimiserParameters,
  ],
  activationFloats: ({ numNodes, numOutputs }) => 8 * numNodes * numOutputs,
  create,
};

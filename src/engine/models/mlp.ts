/**
 * Multi-layer perceptron on the features alone: what the words (or numbers) say without the graph. The baseline that
 * tells what a graph model adds. Source: standard; 64 hidden units, dropout 0.5, Adam 0.01, L2 5e-4.
 */
import { relu } from '@tensorflow/tfjs-core';
import { createBias } from '../layers/bias.ts';
import { createFeatureLinear } from '../layers/featureLinear.ts';
import { dropAt, type ForwardPass } from '../layers/layerContext.ts';
import { createLinear } from '../layers/linear.ts';
import { createParameterStore } from '../parameterStore.ts';
import { createGradientModel, type ForwardResult } from './gradientModel.ts';
import { type Model, type ModelContext, type ModelDescriptor, requireSupervision } from './modelTypes.ts';
import * as shared from './trainerParameters.ts';

export const mlp: ModelDescriptor = {
  id: 'mlp',
  name: 'MLP (features only)',
  family: 'classical',
  summary: 'A plain neural network on each node’s own features. It never sees an edge.',
  source: 'standard',
  tasks: ['node-classification'],
  uses: { structure: false, features: true },
  parameters: shared.networkParameters(64, 'every layer'),
  create: createMlp,
};

function createMlp(context: ModelContext): Model {
  const supervision = requireSupervision(context, 'MLP');
  const { values, seed } = context;
  const store = createParameterStore();
  const layerContext = { store, seed };
  const features = context.tensors.features();
  const hidden = shared.numberValue(values, 'hidden');
  const depth = shared.numberValue(values, 'layers');
  const firstWidth = depth === 1 ? supervision.numClasses : hidden;
  const project = createFeatureLinear(layerContext, 'linear1', features, firstWidth, true);
  const addFirstBias = createBias(layerContext, 'linear1', firstWidth);
  const layers = Array.from({ length: depth - 1 }, (_, index) => {
    const width = index === depth - 2 ? supervision.numClasses : hidden;
    return createLinear(layerContext, `linear${index + 2}`, hidden, width, true);
  });

  function forward(pass: ForwardPass): ForwardResult {
    let current = addFirstBias(project.forward(features, pass));
    let lastHidden = current;
    layers.forEach((layer, index) => {
      lastHidden = relu(current);
      current = layer.forward(dropAt(lastHidden, index + 2, pass));
    });
    return { output: current, hidden: lastHidden };
  }

  return createGradientModel({
    store,
    forward,
    objective: supervision.objective,
    seed,
    dropout: shared.numberValue(values, 'dropout'),
    weightDecay: shared.numberValue(values, 'weightDecay'),
  });
}

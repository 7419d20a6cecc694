/**
 * Graph convolutional network: Z = S·drop(relu(S·drop(X)·W0 + b0))·W1 + b1, and so on for more layers.
 *
 * Source: Kipf & Welling 2017, "Semi-Supervised Classification with Graph Convolutional Networks".
 * https://arxiv.org/abs/1609.02907. Defaults are the paper's: 2 layers of 16, dropout 0.5 on input and hidden,
 * Adam 0.01, L2 5e-4 on the first layer only, 200 epochs, feature rows scaled to sum 1.
 */
import { relu, type Tensor2D } from '@tensorflow/tfjs-core';
import { spmm } from '../kernels/spmm/op.ts';
import { createBias } from '../layers/bias.ts';
import { createFeatureLinear } from '../layers/featureLinear.ts';
import { createGcnConv } from '../layers/gcnConv.ts';
import { dropAt, type ForwardPass } from '../layers/layerContext.ts';
import { createParameterStore } from '../parameterStore.ts';
import { createGradientModel, type ForwardResult } from './gradientModel.ts';
import { type Model, type ModelContext, type ModelDescriptor, requireSupervision } from './modelTypes.ts';
import * as shared from './trainerParameters.ts';

export const gcn: ModelDescriptor = {
  id: 'gcn',
  name: 'GCN',
  family: 'gnn',
  summary:
    'Mixes each node’s features with its neighbours’, layer by layer. The standard first graph network.',
  source:
    'Kipf & Welling 2017, Semi-Supervised Classification with Graph Convolutional Networks, https://arxiv.org/abs/1609.02907',
  tasks: ['node-classification'],
  uses: { structure: true, features: true },
  parameters: shared.networkParameters(16, 'the first layer'),
  create: createGcn,
};

function createGcn(context: ModelContext): Model {
  const supervision = requireSupervision(context, 'GCN');
  const { values, seed } = context;
  const store = createParameterStore();
  const layerContext = { store, seed };
  const features = context.tensors.features();
  const propagation = context.tensors.symmetricPropagation();
  const hidden = shared.numberValue(values, 'hidden');
  const depth = shared.numberValue(values, 'layers');
  const firstWidth = depth === 1 ? supervision.numClasses : hidden;
  const project = createFeatureLinear(layerContext, 'conv1', features, firstWidth, true);
  const addFirstBias = createBias(layerContext, 'conv1', firstWidth);
  const convolutions = Array.from({ length: depth - 1 }, (_, index) => {
    const width = index === depth - 2 ? supervision.numClasses : hidden;
    return createGcnConv(layerContext, `conv${index + 2}`, hidden, width, false);
  });

  function forward(pass: ForwardPass): ForwardResult {
    let current: Tensor2D = addFirstBias(spmm(propagation, project.forward(features, pass)));
    let lastHidden = current;
    convolutions.forEach((convolution, index) => {
      lastHidden = relu(current);
      current = convolution.forward(propagation, dropAt(lastHidden, index + 2, pass));
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

/**
 * GCNII, a graph convolutional network that can be deep: H0 = relu(X·W_in + b), H(l) = relu(M·((1 − β_l)·I + β_l·W_l)),
 * M = (1 − α)·S·H(l−1) + α·H0, β_l = ln(θ / l + 1), Z = H(L)·W_out + b. Dropout before every product.
 *
 * Source: Chen, Wei, Huang, Ding & Li 2020, "Simple and Deep Graph Convolutional Networks",
 * https://arxiv.org/abs/2007.02133. Defaults are the paper's for Cora with 16 of its 64 layers: hidden 64, α 0.1, θ 0.5,
 * dropout 0.6, Adam 0.01, L2 0.01 on the convolutions and 5e-4 on the first and last map. Shapes: X [N, F] → [N, C].
 */
import { relu, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../core/parameters.ts';
import { droppedFeatures, type FeatureTensors, type ModelInput } from '../graphInput.ts';
import { activationDropout } from '../kernels/activationDropout/op.ts';
import { createGcn2Conv, initialReference } from '../layers/gcn2Conv.ts';
import {
  createLayerContext,
  dropAt,
  dropoutKey,
  FEATURE_SITES,
  type ForwardPass,
  type LayerContext,
} from '../layers/layerContext.ts';
import { createLinear } from '../layers/linear.ts';
import { createParameterStore } from '../parameterStore.ts';
import { createGradientModel, type ForwardResult } from './gradientModel.ts';
import { type Model, type ModelContext, type ModelDescriptor, requireSupervision } from './modelTypes.ts';
import * as shared from './trainerParameters.ts';

function create(context: ModelContext): Model {
  const { values, seed, training } = context;
  const { numOutputs } = requireSupervision(context, 'GCNII');
  const hidden = shared.numberValue(values, 'hidden');
  const alpha = shared.numberValue(values, 'alpha');
  const store = createParameterStore();
  const base = createLayerContext(store, seed, shared.numberValue(values, 'weightDecay'));
  const ends = { ...base, weightDecay: shared.numberValue(values, 'weightDecayDense') };
  const { sparse, denseWidth } = training.featureMatrix;
  const first = createLinear(ends, 'input', { sparse: sparse?.cols ?? 0, dense: denseWidth }, hidden);
  const initialSite = base.nextSite();
  const layers = createConvolutions(base, values);
  const last = createLinear(ends, 'output', hidden, numOutputs);

  function forward(input: ModelInput, pass: ForwardPass): ForwardResult {
    const rate = pass.isTraining ? pass.dropout : 0;
    const initial = relu(first.forward(droppedInput(input.features(), pass)));
    const reference = initialReference(initial, alpha);
    let h = dropAt(initial, initialSite, pass);
    layers.forEach(({ convolution, site }, index) => {
      const next = tidy(() => {
        const mixed = convolution.forward(input.graph(index), h, reference);
        // What follows is the next layer's dropout, or the last map's.
        return activationDropout(mixed, 'relu', rate, dropoutKey(site, pass));
      }) as Tensor2D;
      // Inference goes through many layers and needs none of them again; training does, for the gradient.
      if (!pass.isTraining) h.dispose();
      h = next;
    });
    return { output: last.forward(h), hidden: h };
  }

  const model = createGradientModel(context, {
    modelName: 'GCNII',
    store,
    forward,
    numGraphLayers: layers.length,
  });
  return {
    ...model,
    dispose() {
      model.dispose();
      for (const { convolution } of layers) convolution.dispose();
    },
  };
}

function createConvolutions(base: LayerContext, values: ParameterValues) {
  return Array.from({ length: shared.numberValue(values, 'layers') }, (_, index) => ({
    convolution: createGcn2Conv(base, `conv${index + 1}`, {
      channels: shared.numberValue(values, 'hidden'),
      layer: index + 1,
      alpha: shared.numberValue(values, 'alpha'),
      theta: shared.numberValue(values, 'theta'),
    }),
    site: base.nextSite(),
  }));
}

function droppedInput(features: FeatureTensors, pass: ForwardPass): FeatureTensors {
  if (!pass.isTraining || pass.dropout === 0) return features;
  return droppedFeatures(
    features,
    <T extends Tensor>(x: T, block: 'sparse' | 'dense'): T => dropAt(x, FEATURE_SITES[block], pass),
  );
}

export const gcnii: ModelDescriptor = {
  id: 'gcnii',
  name: 'GCNII',
  family: 'gnn',
  summary:
    'A deep graph convolutional network: every layer is reminded of the first, so that nodes stay distinct.',
  source: 'Chen et al. 2020, Simple and Deep Graph Convolutional Networks, https://arxiv.org/abs/2007.02133',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: true, features: true },
  batching: ['clusters'],
  parameters: [
    shared.epochs(1000),
    shared.hiddenUnits(64),
    {
      ...shared.layers(16),
      help: 'Number of convolutions. This model gains from depth; time and memory grow with it.',
      max: 64,
      search: [4, 8, 16, 32],
    },
    {
      kind: 'number',
      id: 'alpha',
      name: 'Initial share α',
      help: 'How much of the first hidden layer every layer adds again.',
      min: 0,
      max: 0.95,
      step: 0.05,
      default: 0.1,
      search: { from: 0.05, to: 0.5 },
    },
    {
      kind: 'number',
      id: 'theta',
      name: 'Identity decay θ',
      help: 'How strongly layers change what they pass on; layer l learns a share of about θ / l. The paper calls it λ.',
      min: 0,
      max: 5,
      step: 0.1,
      default: 0.5,
      search: { from: 0.2, to: 1.5 },
    },
    shared.learningRate(0.01),
    shared.dropout(0.6),
    shared.weightDecay(0.01, 'the convolutions'),
    {
      ...shared.weightDecay(5e-4, 'the first and the last map'),
      id: 'weightDecayDense',
      name: 'Weight decay, ends',
    },
    shared.patience(100),
    ...shared.optimiserParameters,
  ],
  presets: [
    {
      id: 'planetoid',
      name: 'Cora, 64 layers',
      summary: 'The paper’s recipe for Cora: 64 layers, at most 1500 epochs, patience 100.',
      parameters: { layers: 64, epochs: 1500, patience: 100 },
    },
    {
      id: 'planetoid-16',
      name: 'Cora, 16 layers',
      summary: 'The paper’s recipe for Cora with 16 layers: a quarter of the time for about one point less.',
      parameters: { layers: 16, epochs: 1500, patience: 100 },
    },
  ],
  activationFloats({ numNodes, denseWidth, sparseEntries }, values) {
    const tensors = 11 + 5.2 * shared.numberValue(values, 'layers');
    return numNodes * (denseWidth + tensors * shared.numberValue(values, 'hidden')) + 2 * sparseEntries;
  },
  create,
};

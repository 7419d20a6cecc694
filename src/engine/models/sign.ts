/**
 * SIGN: Z = drop(concat_k relu(X_k·W_k + b_k))·Ω + b with X_k = S^k·X, k = 0 … K. Every number of hops has weights of its
 * own; the propagation is done once a run (propagatedFeatures.ts).
 *
 * Source: Frasca et al. 2020, "SIGN: Scalable Inception Graph Neural Networks", https://arxiv.org/abs/2004.11198, with
 * powers of S as the operators; its hidden width is 512. Shapes: X [N, F], W_k [F, H], Ω [(K + 1)·H, C] → [N, C].
 */
import { add, concat, type Tensor2D } from '@tensorflow/tfjs-core';
import type { InputShape, ModelInput } from '../graphInput.ts';
import { glorotUniform } from '../initializers.ts';
import { activationDropout } from '../kernels/activationDropout/op.ts';
import { linear } from '../kernels/dense/op.ts';
import { createBias } from '../layers/bias.ts';
import {
  createLayerContext,
  dropoutKey,
  type ForwardPass,
  type LayerContext,
} from '../layers/layerContext.ts';
import { createProjection } from '../layers/projection.ts';
import { createParameterStore } from '../parameterStore.ts';
import { createGradientModel, type ForwardResult } from './gradientModel.ts';
import { type Model, type ModelContext, type ModelDescriptor, requireSupervision } from './modelTypes.ts';
import { createPropagationCache, hops, type PropagatedFeatures } from './propagatedFeatures.ts';
import * as shared from './trainerParameters.ts';

function create(context: ModelContext): Model {
  const { values, seed, training, evaluation } = context;
  const { numOutputs } = requireSupervision(context, 'SIGN');
  const hidden = shared.numberValue(values, 'hidden');
  const powers = Array.from({ length: shared.numberValue(values, 'hops') + 1 }, (_, hop) => hop);
  const store = createParameterStore();
  const layer = createLayerContext(store, seed, shared.numberValue(values, 'weightDecay'));
  const { sparse, denseWidth } = training.featureMatrix;
  const shape = { sparse: sparse?.cols ?? 0, dense: denseWidth };
  const width = { hidden, outputs: numOutputs };
  const branches = powers.map((hop) => createBranch(layer, hop, shape, width, powers.length));
  const addBias = createBias(layer, 'linear', numOutputs);
  const propagated = createPropagationCache([training, evaluation], powers);

  function forward(input: ModelInput, pass: ForwardPass): ForwardResult {
    const rate = pass.isTraining ? pass.dropout : 0;
    const features = propagated.of(input);
    const blocks = branches.map(({ projection, addBias: shift, site }, hop) => {
      const mixed = shift((features[hop] as PropagatedFeatures).project(projection));
      return activationDropout(mixed, 'relu', rate, dropoutKey(site, pass));
    });
    const products = branches.map(({ readout }, hop) =>
      linear(blocks[hop] as Tensor2D, readout.value as unknown as Tensor2D),
    );
    return {
      output: addBias(products.reduce((sum, product) => add(sum, product))),
      // Joined only when somebody looks.
      get hidden() {
        return concat(blocks, 1) as Tensor2D;
      },
    };
  }

  const model = createGradientModel(context, {
    modelName: 'SIGN',
    store,
    forward,
    numGraphLayers: powers.length - 1,
  });
  return {
    ...model,
    dispose() {
      model.dispose();
      propagated.dispose();
    },
  };
}

/**
 * W_k, b_k and the rows of Ω that read hop k, with the fans of the whole Ω: Z = Σ_k H_k·Ω_k + b spares joining the H_k.
 */
function createBranch(
  layer: LayerContext,
  hop: number,
  input: InputShape,
  width: { readonly hidden: number; readonly outputs: number },
  numBranches: number,
) {
  const { store, seed, weightDecay } = layer;
  const { hidden, outputs } = width;
  const projection = createProjection(layer, `hop${hop}`, input, hidden);
  const addBias = createBias(layer, `hop${hop}`, hidden);
  const initial = glorotUniform(hidden, outputs, seed, store.all.length, numBranches * hidden, outputs);
  const readout = store.add(`linear.hop${hop}`, initial, weightDecay);
  return { projection, addBias, readout, site: layer.nextSite() };
}

export const sign: ModelDescriptor = {
  id: 'sign',
  name: 'SIGN',
  family: 'gnn',
  summary:
    'Averages the features over zero, one, two … hops once, then learns a small network that reads all of them.',
  source:
    'Frasca et al. 2020, SIGN: Scalable Inception Graph Neural Networks, https://arxiv.org/abs/2004.11198',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: true, features: true },
  parameters: [
    shared.epochs(200),
    { ...shared.hiddenUnits(128), help: 'Width of the hidden layer of each hop.' },
    hops(3),
    shared.learningRate(0.01),
    shared.dropout(0.5),
    shared.weightDecay(5e-4, 'every layer'),
    shared.patience(50),
    ...shared.optimiserParameters,
  ],
  presets: [
    {
      id: 'paper',
      name: 'Paper',
      summary: 'Hidden 512 and Adam 0.001, as in the paper for ogbn-arxiv-sized graphs.',
      parameters: { hidden: 512, learningRate: 0.001, weightDecay: 0, epochs: 1000 },
    },
  ],
  activationFloats({ numNodes, denseWidth }, values) {
    const last = shared.numberValue(values, 'hops');
    const hidden = shared.numberValue(values, 'hidden');
    // Every hop's block on its way to the last map; each step of a block that is propagated in the pass; and the
    // propagated dense blocks beyond the first, which stay all run.
    const blocks = 6 * (last + 1) + (last * (last + 1)) / 2;
    return numNodes * (blocks * hidden + Math.max(0, last - 1) * denseWidth);
  },
  create,
};

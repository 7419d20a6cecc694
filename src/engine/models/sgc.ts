/**
 * Simple graph convolution: Z = (S^K·X)·W + b with S = D̃^(−1/2) (A + I) D̃^(−1/2). A linear model on features averaged
 * over K hops; the propagation is done once a run (propagatedFeatures.ts).
 *
 * Source: Wu et al. 2019, "Simplifying Graph Convolutional Networks", https://arxiv.org/abs/1902.07153: K 2, Adam 0.2,
 * 100 epochs, L2 tuned per dataset. Shapes: X [N, F], W [F, C] → [N, C].
 */
import { createBias } from '../layers/bias.ts';
import { createLayerContext } from '../layers/layerContext.ts';
import { createProjection } from '../layers/projection.ts';
import { createParameterStore } from '../parameterStore.ts';
import { createGradientModel } from './gradientModel.ts';
import { type Model, type ModelContext, type ModelDescriptor, requireSupervision } from './modelTypes.ts';
import { createPropagationCache, hops, type PropagatedFeatures } from './propagatedFeatures.ts';
import * as shared from './trainerParameters.ts';

function create(context: ModelContext): Model {
  const { values, seed, training, evaluation } = context;
  const { numOutputs } = requireSupervision(context, 'SGC');
  const numHops = shared.numberValue(values, 'hops');
  const store = createParameterStore();
  const layer = createLayerContext(store, seed, shared.numberValue(values, 'weightDecay'));
  const { sparse, denseWidth } = training.featureMatrix;
  const shape = { sparse: sparse?.cols ?? 0, dense: denseWidth };
  const projection = createProjection(layer, 'linear', shape, numOutputs);
  const addBias = createBias(layer, 'linear', numOutputs);
  const propagated = createPropagationCache([training, evaluation], [numHops]);
  const model = createGradientModel(
    { ...context, values: { ...values, dropout: 0 } },
    {
      modelName: 'SGC',
      store,
      numGraphLayers: numHops,
      forward(input) {
        const [features] = propagated.of(input);
        const output = addBias((features as PropagatedFeatures).project(projection));
        return { output, hidden: output };
      },
    },
  );
  return {
    ...model,
    dispose() {
      model.dispose();
      propagated.dispose();
    },
  };
}

export const sgc: ModelDescriptor = {
  id: 'sgc',
  name: 'SGC',
  family: 'gnn',
  summary: 'Averages the features over a few hops once, then learns one linear map. The fastest graph model.',
  source: 'Wu et al. 2019, Simplifying Graph Convolutional Networks, https://arxiv.org/abs/1902.07153',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: true, features: true },
  parameters: [
    shared.epochs(200),
    hops(2),
    shared.learningRate(0.2),
    shared.weightDecay(5e-5, 'the linear map'),
    shared.patience(50),
    ...shared.optimiserParameters,
  ],
  activationFloats: ({ numNodes, numOutputs }, values) =>
    numNodes * (8 + 2 * shared.numberValue(values, 'hops')) * numOutputs,
  create,
};

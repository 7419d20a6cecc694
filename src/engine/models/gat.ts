/**
 * Graph attention network: layers of several attention heads, elu between them, the last layer's heads averaged.
 *
 * Source: Veličković et al. 2018, "Graph Attention Networks". https://arxiv.org/abs/1710.10903. Defaults are the paper's
 * for Cora: 2 layers, 8 heads of 8 units, dropout 0.6 on inputs and attention, Adam 0.005, L2 5e-4, feature rows scaled to
 * sum 1.
 */
import { createGatConv } from '../layers/gatConv.ts';
import {
  attentionOptionsOf,
  attentionParameters,
  attentionPresets,
  attentionWidth,
} from './attentionParameters.ts';
import { createLayeredNetwork, type NetworkRecipe } from './layeredNetwork.ts';
import type { ModelDescriptor } from './modelTypes.ts';

const recipe: NetworkRecipe = {
  modelName: 'GAT',
  layerName: 'conv',
  decay: 'all',
  activation: 'elu',
  usesGraph: true,
  hiddenWidth: attentionWidth,
  createLayer(place) {
    return createGatConv(place.context, place.name, place.input, attentionOptionsOf(place)).forward;
  },
};

export const gat: ModelDescriptor = {
  id: 'gat',
  name: 'GAT',
  family: 'gnn',
  summary: 'Each node learns which of its neighbours to listen to. The weights can be read afterwards.',
  source: 'Veličković et al. 2018, Graph Attention Networks, https://arxiv.org/abs/1710.10903',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: true, features: true },
  batching: ['neighbours', 'clusters'],
  parameters: attentionParameters,
  presets: attentionPresets,
  create: (context) => createLayeredNetwork(context, recipe),
};

/**
 * Graph attention network whose attention is dynamic: which neighbour counts most may differ from node to node.
 *
 * Source: Brody, Alon & Yahav 2022, "How Attentive are Graph Attention Networks?". https://arxiv.org/abs/2105.14491.
 * Defaults are those of GAT, which it replaces layer by layer.
 */
import { createGatv2Conv } from '../layers/gatv2Conv.ts';
import {
  attentionOptionsOf,
  attentionParameters,
  attentionPresets,
  attentionWidth,
} from './attentionParameters.ts';
import { createLayeredNetwork, type NetworkRecipe } from './layeredNetwork.ts';
import type { ModelDescriptor } from './modelTypes.ts';

const recipe: NetworkRecipe = {
  modelName: 'GATv2',
  layerName: 'conv',
  decay: 'all',
  activation: 'elu',
  usesGraph: true,
  hiddenWidth: attentionWidth,
  createLayer(place) {
    return createGatv2Conv(place.context, place.name, place.input, attentionOptionsOf(place)).forward;
  },
};

export const gatv2: ModelDescriptor = {
  id: 'gatv2',
  name: 'GATv2',
  family: 'gnn',
  summary: 'GAT with attention that depends on both ends: different nodes can prefer different neighbours.',
  source:
    'Brody, Alon & Yahav 2022, How Attentive are Graph Attention Networks?, https://arxiv.org/abs/2105.14491',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: true, features: true },
  batching: ['neighbours', 'clusters'],
  parameters: attentionParameters,
  presets: attentionPresets,
  create: (context) => createLayeredNetwork(context, recipe),
};

/**
 * Relational graph convolutional network: each kind of edge has weights of its own, made of a few shared bases, so that
 * "refunds" and "follows" can say different things about a node.
 *
 * Source: Schlichtkrull et al. 2018, "Modeling Relational Data with Graph Convolutional Networks".
 * https://arxiv.org/abs/1703.06103. Defaults: 2 layers of 16, Adam 0.01, L2 5e-4.
 */
import type { BooleanSpec, NumberSpec } from '../../core/parameters.ts';
import { createRgcnConv } from '../layers/rgcnConv.ts';
import { createLayeredNetwork, type LayerPlace, type NetworkRecipe } from './layeredNetwork.ts';
import type { ModelDescriptor } from './modelTypes.ts';
import { isOn, messageParameters, networkParameters, numberValue } from './trainerParameters.ts';

/** Bases where the number is left to the model. */
const AUTOMATIC_BASES = 8;

const bases = {
  kind: 'integer',
  id: 'bases',
  name: 'Bases',
  help: 'Matrices that the edge types share, each mixing them in its own way. 0 = one per edge type, at most 8.',
  min: 0,
  max: 256,
  step: 1,
  default: 0,
  search: [0, 2, 4],
} as const satisfies NumberSpec;

const useEdgeTypes = {
  kind: 'boolean',
  id: 'useEdgeTypes',
  name: 'Use edge types',
  help: 'Off treats all edges as one kind: the difference in quality shows what the edge types are worth.',
  default: true,
} as const satisfies BooleanSpec;

function relationsOf({ values, numRelations }: LayerPlace): { numRelations: number; bases: number } {
  const used = isOn(values, 'useEdgeTypes') ? numRelations : 1;
  return { numRelations: used, bases: numberValue(values, 'bases') || Math.min(used, AUTOMATIC_BASES) };
}

const recipe: NetworkRecipe = {
  modelName: 'R-GCN',
  layerName: 'conv',
  decay: 'all',
  activation: 'relu',
  usesGraph: true,
  createLayer(place) {
    const { context, name, input, outChannels } = place;
    const convolution = createRgcnConv(context, name, input, outChannels, relationsOf(place));
    return (graph, x) => convolution.forward(graph, x);
  },
};

export const rgcn: ModelDescriptor = {
  id: 'rgcn',
  name: 'R-GCN',
  family: 'gnn',
  summary: 'Gives each kind of edge a meaning of its own. For graphs with several edge types.',
  source:
    'Schlichtkrull et al. 2018, Modeling Relational Data with Graph Convolutional Networks, https://arxiv.org/abs/1703.06103',
  tasks: ['node-classification', 'node-regression'],
  uses: { structure: true, features: true },
  batching: ['neighbours', 'clusters'],
  parameters: [...networkParameters(16, 'every layer'), ...messageParameters, bases, useEdgeTypes],
  presets: [
    {
      id: 'entities',
      name: 'Entity classification',
      summary: 'The paper’s settings for knowledge graphs: up to 30 bases, no dropout, 50 epochs.',
      parameters: { bases: 30, dropout: 0, hidden: 16, learningRate: 0.01, weightDecay: 5e-4, epochs: 50 },
    },
  ],
  create: (context) => createLayeredNetwork(context, recipe),
};

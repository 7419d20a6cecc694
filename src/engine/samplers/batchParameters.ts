/** What a person can say about mini-batches; models that offer them list these after their own parameters. */
import type { ChoiceSpec, NumberSpec } from '../../core/parameters.ts';

const batching = {
  kind: 'choice',
  id: 'batching',
  name: 'Batches',
  help: 'How much of the graph one training step sees. Automatic takes the whole graph while it fits in memory.',
  options: [
    { id: 'auto', name: 'Automatic' },
    { id: 'full', name: 'Whole graph' },
    { id: 'neighbours', name: 'Sampled neighbours' },
    { id: 'clusters', name: 'Clusters' },
  ],
  default: 'auto',
  isAdvanced: true,
} as const satisfies ChoiceSpec;

const batchSize = {
  kind: 'integer',
  id: 'batchSize',
  name: 'Batch size',
  help: 'Nodes of one training step: training nodes with sampled neighbours, all nodes with clusters. More is steadier and takes more memory.',
  min: 1,
  max: 1_000_000,
  step: 128,
  default: 512,
  isAdvanced: true,
} as const satisfies NumberSpec;

const fanOut = {
  kind: 'integer',
  id: 'fanOut',
  name: 'Sampled neighbours',
  help: 'Most neighbours that a node listens to in each layer of a training step. Only with sampled neighbours.',
  min: 1,
  max: 10_000,
  step: 5,
  default: 10,
  isAdvanced: true,
} as const satisfies NumberSpec;

export const BATCH_PARAMETERS = [batching, batchSize, fanOut] as const;

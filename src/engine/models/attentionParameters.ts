/** What the attention models can be told: the same list, options and presets for each. */
import type { NumberSpec, ParameterSpec, ParameterValues } from '../../core/parameters.ts';
import type { AttentionOptions } from '../layers/attention.ts';
import type { LayerPlace } from './layeredNetwork.ts';
import type { ModelPreset } from './modelTypes.ts';
import { networkParameters, numberValue, rawBagsPreset, withDefaults } from './trainerParameters.ts';

const heads = {
  kind: 'integer',
  id: 'heads',
  name: 'Heads',
  help: 'Attention computed this many times side by side in each hidden layer, each with weights of its own.',
  min: 1,
  max: 64,
  step: 1,
  default: 8,
  search: [1, 4, 8],
} as const satisfies NumberSpec;

const outputHeads = {
  kind: 'integer',
  id: 'outputHeads',
  name: 'Output heads',
  help: 'Heads of the last layer; their outputs are averaged.',
  min: 1,
  max: 64,
  step: 1,
  default: 1,
  isAdvanced: true,
} as const satisfies NumberSpec;

const attentionDropout = {
  kind: 'number',
  id: 'attentionDropout',
  name: 'Attention dropout',
  help: 'Share of attention weights switched off at random in each training step: a node then hears only some neighbours.',
  min: 0,
  max: 0.95,
  step: 0.05,
  default: 0.6,
  search: { from: 0, to: 0.8 },
} as const satisfies NumberSpec;

/** Of lrelu in the scores, as in both papers. */
const NEGATIVE_SLOPE = 0.2;

/**
 * Defaults of Veličković et al. 2018 for Cora and CiteSeer: 8 heads of 8 units, dropout 0.6 on inputs, hidden units and
 * attention, Adam 0.005, L2 5e-4, patience 100.
 */
export const attentionParameters: readonly ParameterSpec[] = [
  ...withDefaults(networkParameters(8, 'every layer'), {
    epochs: 1000,
    learningRate: 0.005,
    dropout: 0.6,
    patience: 100,
  }).map((spec) =>
    spec.id === 'hidden'
      ? ({
          ...spec,
          name: 'Units per head',
          help: 'Width of each head. A hidden layer is as wide as all its heads together.',
          search: [8, 16, 32],
        } as ParameterSpec)
      : spec,
  ),
  heads,
  outputHeads,
  attentionDropout,
];

export const attentionPresets: readonly ModelPreset[] = [
  {
    id: 'planetoid',
    name: 'Cora, CiteSeer',
    summary: 'The settings of the GAT paper for citation graphs with 20 labels per class.',
    parameters: {
      hidden: 8,
      heads: 8,
      outputHeads: 1,
      dropout: 0.6,
      attentionDropout: 0.6,
      learningRate: 0.005,
      weightDecay: 5e-4,
      epochs: 1000,
      patience: 100,
    },
  },
  {
    id: 'pubmed',
    name: 'PubMed',
    summary: 'The settings of the GAT paper for PubMed: 8 averaged output heads and more weight decay.',
    parameters: {
      hidden: 8,
      heads: 8,
      outputHeads: 8,
      dropout: 0.6,
      attentionDropout: 0.6,
      learningRate: 0.01,
      weightDecay: 1e-3,
      epochs: 1000,
      patience: 100,
    },
  },
  rawBagsPreset,
];

/** Width of a hidden layer: all heads side by side. */
export const attentionWidth = (values: ParameterValues): number =>
  numberValue(values, 'heads') * numberValue(values, 'hidden');

/** Hidden layers put their heads side by side, the last one averages them. */
export function attentionOptionsOf({ values, isLast, outChannels }: LayerPlace): AttentionOptions {
  return {
    heads: numberValue(values, isLast ? 'outputHeads' : 'heads'),
    headChannels: isLast ? outChannels : numberValue(values, 'hidden'),
    averagesHeads: isLast,
    attentionDropout: numberValue(values, 'attentionDropout'),
    negativeSlope: NEGATIVE_SLOPE,
  };
}

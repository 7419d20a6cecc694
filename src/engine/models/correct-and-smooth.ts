/**
 * A classifier of your choice, corrected and smoothed over the graph once it is trained. The base model learns alone; its
 * best epoch's probabilities then go through `correctAndSmooth`, which learns nothing.
 * Source and formulas: correctAndSmooth.ts. Output: log of each row's scores, clamped to [0, 1] and scaled to sum 1.
 */
import { type ParameterSpec, type ParameterValues, resolveValues } from '../../core/parameters.ts';
import { createRegistry } from '../../core/registry.ts';
import { softmaxRows } from '../metrics/classification.ts';
import { correctAndSmooth as refineScores } from './correctAndSmooth.ts';
import { gcn } from './gcn.ts';
import { logShares } from './labelSpreading.ts';
import { logisticRegression } from './logistic-regression.ts';
import { mlp } from './mlp.ts';
import { type Model, type ModelContext, type ModelDescriptor, requireSupervision } from './modelTypes.ts';
import { sgc } from './sgc.ts';
import * as shared from './trainerParameters.ts';

const BASES = createRegistry<ModelDescriptor>('base model', [mlp, logisticRegression, gcn, sgc]);

const parameters: readonly ParameterSpec[] = [
  {
    kind: 'choice',
    id: 'base',
    name: 'Base model',
    help: 'What predicts first. Settings below that it does not have are ignored, its others keep their defaults.',
    options: BASES.all.map(({ id, name }) => ({ id, name })),
    default: 'mlp',
    search: ['mlp', 'logistic-regression'],
  },
  {
    kind: 'boolean',
    id: 'correct',
    name: 'Correct',
    help: 'Spreads the errors made on training nodes and takes them off everywhere.',
    default: true,
  },
  {
    kind: 'number',
    id: 'alpha1',
    name: 'Correction reach α₁',
    help: 'How far errors spread; higher reaches further.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.9,
    search: { from: 0.5, to: 0.99 },
  },
  {
    kind: 'choice',
    id: 'correction',
    name: 'Error scale',
    help: 'Automatic brings every node’s error to the mean training error, which can overdo it on tiny graphs; fixed multiplies by the number below.',
    options: [
      { id: 'auto', name: 'Automatic' },
      { id: 'fixed', name: 'Fixed' },
    ],
    default: 'auto',
    search: ['auto', 'fixed'],
  },
  {
    kind: 'number',
    id: 'scale',
    name: 'Fixed scale',
    help: 'Factor of the spread errors when the scale is fixed.',
    min: 0,
    max: 100,
    step: 0.5,
    default: 1,
    isAdvanced: true,
  },
  {
    kind: 'boolean',
    id: 'smooth',
    name: 'Smooth',
    help: 'Lets the corrected probabilities and the known labels spread.',
    default: true,
  },
  {
    kind: 'number',
    id: 'alpha2',
    name: 'Smoothing reach α₂',
    help: 'How far probabilities spread; higher smooths more.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.8,
    search: { from: 0.5, to: 0.99 },
  },
  {
    kind: 'integer',
    id: 'steps',
    name: 'Steps',
    help: 'How many times errors and probabilities are passed on.',
    min: 1,
    max: 1000,
    step: 10,
    default: 50,
    isAdvanced: true,
  },
  shared.epochs(200),
  shared.hiddenUnits(64),
  shared.learningRate(0.01),
  shared.dropout(0.5),
  shared.weightDecay(5e-4, 'the base model'),
  shared.patience(50),
  ...shared.optimiserParameters,
];

/** The base model's own defaults, with those of our settings that it has too. */
function baseValues(base: ModelDescriptor, values: ParameterValues): ParameterValues {
  const given = base.parameters.filter(({ id }) => values[id] !== undefined);
  return resolveValues(base.parameters, Object.fromEntries(given.map(({ id }) => [id, values[id]])));
}

function create(context: ModelContext): Model {
  const { values, evaluation, breathe } = context;
  const { codes, train, numOutputs } = requireSupervision(context, 'Correct & Smooth');
  const descriptor = BASES.get(shared.choiceValue(values, 'base', 'mlp'));
  const base = descriptor.create({ ...context, values: baseValues(descriptor, values) });
  return {
    ...base,
    async refine(inference) {
      if (inference.output === null) return inference;
      const { scores } = await refineScores(
        softmaxRows(inference.output, numOutputs),
        codes,
        train,
        evaluation.messageGraph,
        {
          correct: shared.isOn(values, 'correct'),
          smooth: shared.isOn(values, 'smooth'),
          alpha1: shared.numberValue(values, 'alpha1'),
          alpha2: shared.numberValue(values, 'alpha2'),
          steps: shared.numberValue(values, 'steps'),
          scaling: shared.choiceValue(values, 'correction', 'auto') === 'fixed' ? 'fixed' : 'auto',
          scale: shared.numberValue(values, 'scale'),
          breathe,
        },
      );
      const clamped = scores.map((score) => Math.min(1, Math.max(0, score)));
      return { ...inference, output: logShares(clamped, numOutputs) };
    },
  };
}

export const correctAndSmooth: ModelDescriptor = {
  id: 'correct-and-smooth',
  name: 'Correct & Smooth',
  family: 'classical',
  summary:
    'Trains a simple model, then spreads its training errors and the known labels over the graph. Often as good as a graph network.',
  source:
    'Huang et al. 2021, Combining Label Propagation and Simple Models Out-performs Graph Neural Networks, https://arxiv.org/abs/2010.13993',
  tasks: ['node-classification'],
  uses: { structure: true, features: true },
  isTransferable: false,
  outputs: ['classes'],
  parameters,
  presets: [
    {
      id: 'linear',
      name: 'On logistic regression',
      summary: 'The linear base with its own training settings: the fastest.',
      parameters: { base: 'logistic-regression', epochs: 300, learningRate: 0.05 },
    },
    {
      id: 'sgc',
      name: 'On SGC',
      summary: 'SGC as the base, with its own training settings.',
      parameters: { base: 'sgc', learningRate: 0.2, weightDecay: 5e-5 },
    },
  ],
  activationFloats(shape, values) {
    const base = BASES.get(shared.choiceValue(values, 'base', 'mlp'));
    const { numNodes, denseWidth, sparseEntries } = shape;
    return (
      base.activationFloats?.(shape, baseValues(base, values)) ??
      numNodes * (denseWidth + 8 * shared.numberValue(values, 'hidden')) + 2 * sparseEntries
    );
  },
  create,
};

/** Parameters that several models share, each declared once; a model lists those it has, with its own defaults. */
import type { ModelPreset } from './modelTypes.ts';
import type {
  BooleanSpec,
  ChoiceSpec,
  NumberSpec,
  ParameterSpec,
  ParameterValues,
} from '../../core/parameters.ts';

export const epochs = (value: number) =>
  ({
    kind: 'integer',
    id: 'epochs',
    name: 'Epochs',
    help: 'How many passes over the training data at most. Early stopping may end sooner.',
    min: 1,
    max: 100_000,
    step: 10,
    default: value,
  }) as const satisfies NumberSpec;

export const hiddenUnits = (value: number) =>
  ({
    kind: 'integer',
    id: 'hidden',
    name: 'Hidden units',
    help: 'Width of each hidden layer. More can express more and overfits sooner.',
    min: 1,
    max: 1024,
    step: 8,
    default: value,
    search: [16, 32, 64, 128, 256],
  }) as const satisfies NumberSpec;

export const layers = (value: number) =>
  ({
    kind: 'integer',
    id: 'layers',
    name: 'Layers',
    help: 'Number of layers. Each graph layer lets a node see one hop further; beyond three, nodes often become alike.',
    min: 1,
    max: 128,
    step: 1,
    default: value,
    search: [1, 2, 3],
  }) as const satisfies NumberSpec;

export const learningRate = (value: number) =>
  ({
    kind: 'number',
    id: 'learningRate',
    name: 'Learning rate',
    help: 'Size of each optimiser step. Lower it when the loss jumps, raise it when it crawls.',
    min: 1e-6,
    max: 10,
    step: 0.001,
    default: value,
    scale: 'log',
    search: { from: 1e-3, to: 0.1 },
  }) as const satisfies NumberSpec;

export const dropout = (value: number) =>
  ({
    kind: 'number',
    id: 'dropout',
    name: 'Dropout',
    help: 'Share of inputs and hidden units switched off at random in each training step, against overfitting.',
    min: 0,
    max: 0.95,
    step: 0.05,
    default: value,
    search: { from: 0, to: 0.8 },
  }) as const satisfies NumberSpec;

export const weightDecay = (value: number, where: string) =>
  ({
    kind: 'number',
    id: 'weightDecay',
    name: 'Weight decay',
    help: `L2 penalty on the weights of ${where}: wd·θ is added to the gradient (AdamW: taken off the weights themselves).`,
    min: 0,
    max: 10,
    step: 0.0001,
    default: value,
    scale: 'log',
    search: { from: 1e-6, to: 1e-2 },
  }) as const satisfies NumberSpec;

export const patience = (value: number) =>
  ({
    kind: 'integer',
    id: 'patience',
    name: 'Patience',
    help: 'Stop after this many epochs without a better validation result; 0 trains to the end. The best epoch is kept.',
    min: 0,
    max: 100_000,
    step: 10,
    default: value,
  }) as const satisfies NumberSpec;

export const dropInputs = (value: boolean) =>
  ({
    kind: 'boolean',
    id: 'dropInputs',
    name: 'Drop inputs too',
    help: 'Dropout acts on the features as well as on hidden units, where there are at least 16 columns of them.',
    default: value,
    isAdvanced: true,
    search: [true, false],
  }) as const satisfies BooleanSpec;

export const edgeDropout = {
  kind: 'number',
  id: 'edgeDropout',
  name: 'Edge dropout',
  help: 'Share of messages left out at random in each training step; the others are scaled up so that sums stay the same on average.',
  min: 0,
  max: 0.95,
  step: 0.05,
  default: 0,
  isAdvanced: true,
} as const satisfies NumberSpec;

export const normalisation = {
  kind: 'choice',
  id: 'normalisation',
  name: 'Normalisation',
  help: 'Rescales hidden units: over all nodes of a step (batch) or over the units of each node (layer). Helps deep networks.',
  options: [
    { id: 'none', name: 'None' },
    { id: 'batch', name: 'Batch' },
    { id: 'layer', name: 'Layer' },
  ],
  default: 'none',
  isAdvanced: true,
  search: ['none', 'batch', 'layer'],
} as const satisfies ChoiceSpec;

export const residual = {
  kind: 'boolean',
  id: 'residual',
  name: 'Residual',
  help: 'Adds each hidden layer’s input to its output, so that a layer learns a correction.',
  default: false,
  isAdvanced: true,
  search: [false, true],
} as const satisfies BooleanSpec;

export const jumpingKnowledge = {
  kind: 'choice',
  id: 'jumpingKnowledge',
  name: 'Jumping knowledge',
  help: 'Predicts from all hidden layers together: each node can use the neighbourhood size that suits it.',
  options: [
    { id: 'none', name: 'Last layer only' },
    { id: 'concat', name: 'All layers, side by side' },
    { id: 'max', name: 'Largest over the layers' },
  ],
  default: 'none',
  isAdvanced: true,
  search: ['none', 'concat', 'max'],
} as const satisfies ChoiceSpec;

const optimizer = {
  kind: 'choice',
  id: 'optimizer',
  name: 'Optimiser',
  help: 'How gradients become steps. Adam suits nearly everything; SGD needs a larger learning rate.',
  options: [
    { id: 'adam', name: 'Adam' },
    { id: 'adamw', name: 'AdamW' },
    { id: 'sgd', name: 'SGD with momentum' },
  ],
  default: 'adam',
  isAdvanced: true,
} as const satisfies ChoiceSpec;

const momentum = {
  kind: 'number',
  id: 'momentum',
  name: 'Momentum',
  help: 'SGD only: how much of the last step is repeated.',
  min: 0,
  max: 0.999,
  step: 0.05,
  default: 0.9,
  isAdvanced: true,
} as const satisfies NumberSpec;

const schedule = {
  kind: 'choice',
  id: 'schedule',
  name: 'Schedule',
  help: 'How the learning rate falls: along a cosine to zero at the last epoch, to a tenth at one and two thirds, or by half whenever validation stalls for a fifth of the patience.',
  options: [
    { id: 'constant', name: 'Constant' },
    { id: 'cosine', name: 'Cosine' },
    { id: 'step', name: 'Steps' },
    { id: 'plateau', name: 'On plateau' },
  ],
  default: 'constant',
  isAdvanced: true,
} as const satisfies ChoiceSpec;

const clipNorm = {
  kind: 'number',
  id: 'clipNorm',
  name: 'Clip gradients',
  help: 'Largest length of all gradients together; longer ones are scaled down. 0 = off.',
  min: 0,
  max: 1000,
  step: 0.5,
  default: 0,
  isAdvanced: true,
} as const satisfies NumberSpec;

/** Of everything trained by gradients, after epochs and learning rate. */
export const optimiserParameters = [optimizer, momentum, schedule, clipNorm] as const;

/** The list of a network of layers; `decayed` says which weights the L2 penalty is on. */
export const networkParameters = (hidden: number, decayed: string) =>
  [
    epochs(200),
    hiddenUnits(hidden),
    layers(2),
    learningRate(0.01),
    dropout(0.5),
    weightDecay(5e-4, decayed),
    patience(50),
    dropInputs(true),
    normalisation,
    residual,
    jumpingKnowledge,
    ...optimiserParameters,
  ] as const;

/** Of networks that pass messages, after `networkParameters`. */
export const messageParameters = [edgeDropout] as const;

/** The list with other defaults, for models that differ in a few. @throws an id is not in the list */
export function withDefaults(
  specs: readonly ParameterSpec[],
  defaults: ParameterValues,
): readonly ParameterSpec[] {
  for (const id of Object.keys(defaults)) {
    if (!specs.some((spec) => spec.id === id)) throw new Error(`no parameter '${id}' to give a default to`);
  }
  return specs.map((spec) =>
    defaults[spec.id] === undefined ? spec : ({ ...spec, default: defaults[spec.id] } as ParameterSpec),
  );
}

/** Word bags as they are, not scaled to sum 1: what the results on the heterophilous Wikipedia graphs were measured with. */
export const rawBagsPreset = {
  id: 'raw-bags',
  name: 'Bags as they are',
  summary:
    'Keeps 0/1 word bags unscaled, as Platonov et al. 2023 do for chameleon and squirrel (https://arxiv.org/abs/2302.11640).',
  parameters: { bagScaling: 'none' },
} as const satisfies ModelPreset;

/** Reads a number that the model's own list declares. */
export function numberValue(values: ParameterValues, id: string): number {
  const value = values[id];
  if (typeof value !== 'number') throw new Error(`parameter '${id}' was not resolved`);
  return value;
}

/** Reads a number that not every model has. */
export function numberOr(values: ParameterValues, id: string, otherwise: number): number {
  const value = values[id];
  return typeof value === 'number' ? value : otherwise;
}

/** Reads a choice that not every model has. */
export function choiceValue(values: ParameterValues, id: string, otherwise: string): string {
  const value = values[id];
  return typeof value === 'string' ? value : otherwise;
}

/** Reads a switch that not every model has; off when absent. */
export function isOn(values: ParameterValues, id: string): boolean {
  return values[id] === true;
}

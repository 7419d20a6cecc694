/** Parameters that several models share, each declared once; a model lists those it has, with its own defaults. */
import type { NumberSpec, ParameterValues } from '../../core/parameters.ts';

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
  }) as const satisfies NumberSpec;

export const layers = (value: number) =>
  ({
    kind: 'integer',
    id: 'layers',
    name: 'Layers',
    help: 'Number of layers. Each graph layer lets a node see one hop further; beyond three, nodes often become alike.',
    min: 1,
    max: 8,
    step: 1,
    default: value,
  }) as const satisfies NumberSpec;

export const learningRate = (value: number) =>
  ({
    kind: 'number',
    id: 'learningRate',
    name: 'Learning rate',
    help: 'Size of each optimiser step (Adam). Lower it when the loss jumps, raise it when it crawls.',
    min: 1e-6,
    max: 10,
    step: 0.001,
    default: value,
    scale: 'log',
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
  }) as const satisfies NumberSpec;

export const weightDecay = (value: number, where: string) =>
  ({
    kind: 'number',
    id: 'weightDecay',
    name: 'Weight decay',
    help: `L2 penalty on the weights of ${where}: wd·θ is added to the gradient, as in the paper.`,
    min: 0,
    max: 10,
    step: 0.0001,
    default: value,
    scale: 'log',
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

/** The list of a network trained with Adam and dropout; `decayed` says which weights the L2 penalty is on. */
export const networkParameters = (hidden: number, decayed: string) =>
  [
    epochs(200),
    hiddenUnits(hidden),
    layers(2),
    learningRate(0.01),
    dropout(0.5),
    weightDecay(5e-4, decayed),
    patience(50),
  ] as const;

/** Reads a number that the model's own list declares. */
export function numberValue(values: ParameterValues, id: string): number {
  const value = values[id];
  if (typeof value !== 'number') throw new Error(`parameter '${id}' was not resolved`);
  return value;
}

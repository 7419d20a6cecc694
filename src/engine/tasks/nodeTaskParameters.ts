/** Parameters of the node tasks: loss, choice of the epoch, features, batches. The model's own are beside them. */
import type { BooleanSpec, ChoiceSpec, NumberSpec, ParameterSpec } from '../../core/parameters.ts';
import { FEATURE_PARAMETERS } from '../features/featureParameters.ts';
import { BATCH_PARAMETERS } from '../samplers/batchParameters.ts';

const inductive = {
  kind: 'boolean',
  id: 'inductive',
  name: 'Inductive',
  help: 'Trains without the edges of validation and test nodes, as if these nodes came later. Off: every edge carries messages, only labels are hidden.',
  default: false,
  isAdvanced: true,
} as const satisfies BooleanSpec;

const classWeights = {
  kind: 'boolean',
  id: 'classWeights',
  name: 'Balance classes',
  help: 'Rare classes weigh more in the loss, so that each class counts the same in total.',
  default: false,
  isAdvanced: true,
} as const satisfies BooleanSpec;

const focalGamma = {
  kind: 'number',
  id: 'focalGamma',
  name: 'Focal loss γ',
  help: 'Above 0, nodes that are already right count less (Lin et al. 2017); 2 is usual for very rare classes.',
  min: 0,
  max: 5,
  step: 0.5,
  default: 0,
  isAdvanced: true,
} as const satisfies NumberSpec;

const monitor = (options: ChoiceSpec['options'], automatic: string) =>
  ({
    kind: 'choice',
    id: 'monitor',
    name: 'Best epoch by',
    help: 'Validation metric that chooses the epoch to keep and when to stop.',
    options: [{ id: 'auto', name: automatic }, ...options],
    default: 'auto',
    isAdvanced: true,
  }) as const satisfies ChoiceSpec;

const loss = {
  kind: 'choice',
  id: 'loss',
  name: 'Loss',
  help: 'What an error costs: its square (mean), its size (median; far-off values matter less), or Huber, between the two.',
  options: [
    { id: 'mse', name: 'Squared error' },
    { id: 'mae', name: 'Absolute error' },
    { id: 'huber', name: 'Huber' },
  ],
  default: 'mse',
} as const satisfies ChoiceSpec;

export const CLASS_PARAMETERS: readonly ParameterSpec[] = [
  classWeights,
  focalGamma,
  monitor(
    [
      { id: 'macroF1', name: 'Macro F1' },
      { id: 'balancedAccuracy', name: 'Balanced accuracy' },
      { id: 'rocAuc', name: 'ROC-AUC' },
      { id: 'prAuc', name: 'PR-AUC' },
      { id: 'nll', name: 'Loss' },
    ],
    'Accuracy',
  ),
  inductive,
  ...FEATURE_PARAMETERS,
  ...BATCH_PARAMETERS,
];

export const VALUE_PARAMETERS: readonly ParameterSpec[] = [
  loss,
  monitor(
    [
      { id: 'rmse', name: 'RMSE' },
      { id: 'mae', name: 'MAE' },
    ],
    'R²',
  ),
  inductive,
  ...FEATURE_PARAMETERS,
  ...BATCH_PARAMETERS,
];

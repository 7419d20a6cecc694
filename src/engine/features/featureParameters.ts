/** The feature encoding as parameters: forms, command-line options and saved runs are derived from this list. */
import { type ParameterSpec, type ParameterValues, resolveValue } from '../../core/parameters.ts';
import { DEFAULT_FEATURE_OPTIONS, type FeatureOptions } from './featureOptions.ts';

export const FEATURE_PARAMETERS = [
  {
    kind: 'choice',
    id: 'scaling',
    name: 'Number scaling',
    help: 'Standard: mean 0 and deviation 1 on training nodes. Robust: median and quartiles, for columns with extreme values. None: numbers as they are.',
    options: [
      { id: 'standard', name: 'Standard' },
      { id: 'robust', name: 'Robust' },
      { id: 'none', name: 'None' },
    ],
    default: 'standard',
  },
  {
    kind: 'integer',
    id: 'textBuckets',
    name: 'Text buckets',
    help: 'Uses free text as a bag of words with this many columns per text column; more mix up fewer words. 0 leaves text out, unless you choose such a column yourself (1,024 buckets).',
    min: 0,
    max: 262_144,
    step: 256,
    default: 0,
  },
  {
    kind: 'choice',
    id: 'categories',
    name: 'Categories',
    help: 'One-hot: a column per category, up to 500. Embedded: up to 100,000 categories, each with a vector that is learned.',
    options: [
      { id: 'one-hot', name: 'One-hot' },
      { id: 'embedded', name: 'Embedded' },
    ],
    default: 'one-hot',
  },
  {
    kind: 'choice',
    id: 'bagScaling',
    name: 'Bag scaling',
    help: 'Rows of sparse columns (bags of words): scaled to sum 1, as most papers on citation graphs do, to length 1, or as they are.',
    options: [
      { id: 'sum', name: 'Sum 1' },
      { id: 'l2', name: 'Length 1' },
      { id: 'none', name: 'As they are' },
    ],
    default: 'sum',
  },
  {
    kind: 'boolean',
    id: 'degreeFeature',
    name: 'Degree feature',
    help: 'Adds the number of neighbours of each node, on a logarithmic scale.',
    default: false,
  },
  {
    kind: 'integer',
    id: 'randomWalkSteps',
    name: 'Random-walk steps',
    help: 'Adds the chance that a random walk is back at its node after 1, 2, … steps, which tells apart nodes in different shapes. 0 adds none; 16 is usual.',
    min: 0,
    max: 64,
    step: 4,
    default: 0,
  },
  {
    kind: 'integer',
    id: 'laplacianVectors',
    name: 'Laplacian eigenvectors',
    help: 'Adds coordinates of each node along the slowest patterns of the graph, which tell apart distant regions. 0 adds none; 8 is usual.',
    min: 0,
    max: 64,
    step: 4,
    default: 0,
  },
  {
    kind: 'boolean',
    id: 'cyclicDates',
    name: 'Weekday and month',
    help: 'Adds the day of the week and the month of each date as positions on a circle, so that December is beside January.',
    default: false,
  },
] as const satisfies readonly ParameterSpec[];

type FeatureParameterId = (typeof FEATURE_PARAMETERS)[number]['id'];

/**
 * Returns the options that the values ask for; absent values take their defaults, other ids are ignored.
 * @param seed of estimated random walks and of the eigensolver's start
 * @throws {ParameterError} a value of the wrong kind or outside its limits
 */
export function featureOptionsFrom(values: ParameterValues, seed = 0): FeatureOptions {
  const value = (id: FeatureParameterId) =>
    resolveValue(FEATURE_PARAMETERS.find((spec) => spec.id === id) as ParameterSpec, values[id]);
  return {
    ...DEFAULT_FEATURE_OPTIONS,
    scaling: value('scaling') as FeatureOptions['scaling'],
    textBuckets: Number(value('textBuckets')),
    categories: value('categories') as FeatureOptions['categories'],
    bagScaling: value('bagScaling') as FeatureOptions['bagScaling'],
    cyclicDates: value('cyclicDates') === true,
    structural: {
      degree: value('degreeFeature') === true,
      randomWalkSteps: Number(value('randomWalkSteps')),
      laplacianVectors: Number(value('laplacianVectors')),
    },
    seed,
  };
}

/**
 * Label propagation: known labels spread over the edges; features are not read and nothing is learned.
 * Spreading: F ← α·S0·F + (1 − α)·Y, S0 = D^(−1/2) A D^(−1/2) without self-loops, so that no node hears its own label.
 * Harmonic: F ← D⁻¹A·F with labelled rows put back after every step, which tends to the solution of L_uu·F_u = −L_ul·Y_l.
 *
 * Sources: Zhou et al. 2004, "Learning with Local and Global Consistency" (spreading),
 * https://papers.nips.cc/paper/2506-learning-with-local-and-global-consistency; Zhu, Ghahramani & Lafferty 2003,
 * "Semi-Supervised Learning Using Gaussian Fields and Harmonic Functions" (harmonic).
 * Output: log of each row's shares; a node that no label reaches gets the same for every class.
 */
import { bitsetIndices } from '../../core/bitset.ts';
import { ShapeError } from '../../core/errors.ts';
import { loopFreeNormalisation } from '../../core/transforms/loopFreeNormalisation.ts';
import { rowCrossEntropy } from '../metrics/classification.ts';
import type { ModelState } from '../parameterStore.ts';
import { logShares, oneHotRows, spread } from './labelSpreading.ts';
import { type Model, type ModelContext, type ModelDescriptor, requireSupervision } from './modelTypes.ts';
import { choiceValue, isOn, numberValue } from './trainerParameters.ts';

export interface LabelPropagationOptions {
  readonly variant: 'spreading' | 'harmonic';
  readonly alpha: number;
  readonly steps: number;
  /** Every class starts with the same total, however many labels it has. */
  readonly classBalanced: boolean;
  readonly breathe: () => Promise<void>;
}

/**
 * Returns the scores F [N · classes], not negative; rows that no label reaches are zero.
 * @param codes [N]; only `rows` are read
 * O(steps · arcs · classes).
 */
export async function propagateLabels(
  graph: ModelContext['evaluation']['messageGraph'],
  codes: Int32Array,
  rows: Int32Array,
  numClasses: number,
  { variant, alpha, steps, classBalanced, breathe }: LabelPropagationOptions,
): Promise<Float32Array> {
  const weights = classBalanced ? inverseFrequencies(codes, rows, numClasses) : null;
  const start = oneHotRows(codes, rows, numClasses, weights);
  const width = numClasses;
  if (variant === 'spreading') {
    const matrix = loopFreeNormalisation(graph, 'symmetric');
    return spread(matrix, start, { width, alpha, steps, breathe });
  }
  const afterStep = (state: Float32Array): void => {
    for (const row of rows) state.set(start.subarray(row * width, (row + 1) * width), row * width);
  };
  return spread(loopFreeNormalisation(graph, 'row'), start, { width, alpha: 1, steps, afterStep, breathe });
}

function inverseFrequencies(codes: Int32Array, rows: Int32Array, numClasses: number): Float64Array {
  const counts = new Float64Array(numClasses);
  for (const row of rows) counts[codes[row] as number] = (counts[codes[row] as number] as number) + 1;
  return counts.map((count) => (count === 0 ? 0 : rows.length / (numClasses * count)));
}

function create(context: ModelContext): Model {
  const { values, breathe, evaluation } = context;
  const { codes, train, numOutputs } = requireSupervision(context, 'Label propagation');
  const rows = bitsetIndices(train);
  let output: Float32Array | null = null;
  const logits = async (): Promise<Float32Array> => {
    if (output !== null) return output;
    const scores = await propagateLabels(evaluation.messageGraph, codes, rows, numOutputs, {
      variant: choiceValue(values, 'variant', 'spreading') === 'harmonic' ? 'harmonic' : 'spreading',
      alpha: numberValue(values, 'alpha'),
      steps: numberValue(values, 'steps'),
      classBalanced: isOn(values, 'classBalanced'),
      breathe,
    });
    output = logShares(scores, numOutputs);
    return output;
  };
  const shape = [codes.length, numOutputs];
  const none = new Float32Array(0);
  return {
    numParameters: 0,
    async step() {
      const result = await logits();
      let loss = 0;
      for (const row of rows) loss += rowCrossEntropy(result, row, numOutputs, codes[row] as number);
      return loss / rows.length;
    },
    predict: async () => ({ output: (await logits()).slice(), embedding: null, embeddingWidth: 0 }),
    keepBest: () => undefined,
    restoreBest: () => undefined,
    async state() {
      const saved = { name: 'output', shape, values: (await logits()).slice() };
      return { optimiserStep: 0, tensors: [{ ...saved, firstMoment: none, secondMoment: none }] };
    },
    restore(state) {
      output = savedOutput(state, shape);
    },
    dispose: () => undefined,
  };
}

/** @throws {ShapeError} the output was saved for another graph */
function savedOutput(state: ModelState, shape: readonly number[]): Float32Array {
  const saved = state.tensors.find(({ name }) => name === 'output');
  if (saved !== undefined && saved.shape.join() === shape.join()) return saved.values.slice();
  const found = saved === undefined ? 'missing' : `[${saved.shape}]`;
  throw new ShapeError(`Saved label propagation: the output is ${found}, this graph needs [${shape}].`, {
    code: 'model-state',
    remedy: 'Load it with the graph it was made for, or run it anew: it learns nothing that carries over.',
  });
}

export const labelPropagation: ModelDescriptor = {
  id: 'label-propagation',
  name: 'Label propagation',
  family: 'baseline',
  summary: 'Lets the known labels spread along the edges. It never looks at a feature.',
  source:
    'Zhou et al. 2004, Learning with Local and Global Consistency, https://papers.nips.cc/paper/2506-learning-with-local-and-global-consistency',
  tasks: ['node-classification'],
  uses: { structure: true, features: false },
  isTransferable: false,
  outputs: ['classes'],
  parameters: [
    {
      kind: 'choice',
      id: 'variant',
      name: 'Variant',
      help: 'Spreading lets labels fade with distance and may overrule a label; harmonic keeps labelled nodes fixed.',
      options: [
        { id: 'spreading', name: 'Spreading' },
        { id: 'harmonic', name: 'Harmonic' },
      ],
      default: 'spreading',
      search: ['spreading', 'harmonic'],
    },
    {
      kind: 'number',
      id: 'alpha',
      name: 'Reach α',
      help: 'Spreading only: share of a node’s score that comes from its neighbours in each step. Higher reaches further.',
      min: 0,
      max: 1,
      step: 0.05,
      default: 0.9,
      search: { from: 0.5, to: 0.99 },
    },
    {
      kind: 'integer',
      id: 'steps',
      name: 'Steps',
      help: 'How many times the labels are passed on.',
      min: 1,
      max: 10_000,
      step: 10,
      default: 50,
    },
    {
      kind: 'boolean',
      id: 'classBalanced',
      name: 'Balance classes',
      help: 'Gives every class the same total to spread, so that frequent classes do not drown rare ones.',
      default: false,
      search: [false, true],
    },
  ],
  activationFloats: ({ numNodes, numOutputs }) => 3 * numNodes * numOutputs,
  create,
};

/**
 * The mean of the training targets for everybody: the floor under every regression, with R² 0. Source: standard.
 */
import { bitsetIndices } from '../../core/bitset.ts';
import { type Model, type ModelContext, type ModelDescriptor, requireSupervision } from './modelTypes.ts';

/** Targets are in standard units of the training rows, so the mean is 0 up to rounding. Missing ones do not count. */
function create(context: ModelContext): Model {
  const { targets, train, numOutputs, codes } = requireSupervision(context, 'Mean value');
  const rows = bitsetIndices(train);
  const sums = new Float64Array(numOutputs);
  const counts = new Float64Array(numOutputs);
  let squares = 0;
  for (const row of rows) {
    for (let c = 0; c < numOutputs; c++) {
      const value = targets?.[row * numOutputs + c] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sums[c] = (sums[c] as number) + value;
      counts[c] = (counts[c] as number) + 1;
      squares += value * value;
    }
  }
  const means = sums.map((sum, c) => sum / Math.max(1, counts[c] as number));
  const present = counts.reduce((total, count) => total + count, 0);
  const explained = means.reduce((total, value, c) => total + value * value * (counts[c] as number), 0);
  const loss = (squares - explained) / Math.max(1, present);
  const output = new Float32Array(codes.length * numOutputs);
  for (let row = 0; row < codes.length; row++) output.set(means, row * numOutputs);
  return {
    numParameters: 0,
    step: () => Promise.resolve(loss),
    predict: () => Promise.resolve({ output: output.slice(), embedding: null, embeddingWidth: 0 }),
    keepBest: () => undefined,
    restoreBest: () => undefined,
    state: () => Promise.resolve({ optimiserStep: 0, tensors: [] }),
    restore: () => undefined,
    dispose: () => undefined,
  };
}

export const meanValue: ModelDescriptor = {
  id: 'mean-value',
  name: 'Mean value',
  family: 'baseline',
  summary: 'Guesses the mean of the training nodes for every node.',
  source: 'standard',
  tasks: ['node-regression'],
  uses: { structure: false, features: false },
  isTransferable: false,
  outputs: ['value'],
  parameters: [],
  create,
};

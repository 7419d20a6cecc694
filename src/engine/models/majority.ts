/** The largest training class for everybody: the floor under every accuracy. Source: standard. */
import { bitsetIndices } from '../../core/bitset.ts';
import type { Model, ModelContext, ModelDescriptor } from './modelTypes.ts';
import { requireSupervision } from './modelTypes.ts';

export const majority: ModelDescriptor = {
  id: 'majority',
  name: 'Largest class',
  family: 'baseline',
  summary: 'Guesses the most frequent training class for every node.',
  source: 'standard',
  tasks: ['node-classification'],
  uses: { structure: false, features: false },
  isTransferable: false,
  outputs: ['classes'],
  parameters: [],
  create: createMajority,
};

/** Output: log of the training frequencies with add-one smoothing, so that its probabilities are honest too. */
function createMajority(context: ModelContext): Model {
  const { codes, train, numOutputs: numClasses } = requireSupervision(context, 'Largest class');
  const counts = new Float64Array(numClasses).fill(1);
  const rows = bitsetIndices(train);
  for (const row of rows) counts[codes[row] as number] = (counts[codes[row] as number] as number) + 1;
  const logits = counts.map((count) => Math.log(count / (rows.length + numClasses)));
  const loss = -rows.reduce((sum, row) => sum + (logits[codes[row] as number] as number), 0) / rows.length;
  const output = new Float32Array(codes.length * numClasses);
  for (let row = 0; row < codes.length; row++) output.set(logits, row * numClasses);
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

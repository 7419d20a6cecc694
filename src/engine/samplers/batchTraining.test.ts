import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { bitsetOf, hasBit } from '../../core/bitset.ts';
import type { MessageGraph } from '../../core/messageGraph.ts';
import { resolveValues } from '../../core/parameters.ts';
import { randomSequence, STREAM } from '../../core/random.ts';
import { startBackend } from '../backend.ts';
import type { FeatureMatrix } from '../features/featureTypes.ts';
import { createGraphInput } from '../graphInput.ts';
import { createMaskedCrossEntropy } from '../losses/maskedCrossEntropy.ts';
import { gcn } from '../models/gcn.ts';
import { MODELS } from '../models/index.ts';
import { mlp } from '../models/mlp.ts';
import type { Inference, ModelContext, ModelDescriptor, Supervision } from '../models/modelTypes.ts';
import { sage } from '../models/sage.ts';
import { createBatchSource } from './batchSource.ts';
import { blockGraph } from './testMessageGraph.ts';

const CLASSES = 6;
const WIDTH = 12;
/** Communities whose features tell the class only roughly: neighbours must be heard. */
const { graph, block } = blockGraph(Array<number>(CLASSES).fill(150), 8, 0.85);
const NODES = graph.numNodes;
const train = bitsetOf(
  NODES,
  Array.from(block.keys()).filter((node) => node % 5 === 0),
);

function noisyFeatures(noise: number): FeatureMatrix {
  const random = randomSequence(9, STREAM.generator);
  const dense = Float32Array.from({ length: NODES * WIDTH }, (_, at) => {
    const isOwn = at % WIDTH === block[Math.floor(at / WIDTH)];
    return (isOwn ? 1 : 0) + noise * random.normal();
  });
  return {
    numNodes: NODES,
    sparse: null,
    dense,
    denseWidth: WIDTH,
    width: WIDTH,
    names: [],
  };
}

const supervision: Supervision = {
  kind: 'classes',
  numOutputs: CLASSES,
  codes: block,
  targets: null,
  train,
  objective(nodes) {
    const rows = nodes ?? Int32Array.from(block.keys());
    const members = Array.from(rows.keys()).filter((row) => hasBit(train, rows[row] as number));
    const codes = rows.map((node) => block[node] as number);
    return createMaskedCrossEntropy(codes, bitsetOf(rows.length, members), CLASSES);
  },
};

interface Trained {
  readonly accuracy: number;
  readonly losses: readonly number[];
}

interface Options {
  readonly kind: 'neighbours' | 'clusters' | null;
  readonly noise: number;
  readonly epochs: number;
  readonly messageGraph?: MessageGraph;
}

/** Share of the other nodes that are right after training, with the losses of the epochs. */
async function trained(
  descriptor: ModelDescriptor,
  { kind, noise, epochs, messageGraph = graph }: Options,
): Promise<Trained> {
  const training = createGraphInput(noisyFeatures(noise), messageGraph);
  const context: ModelContext = {
    training,
    evaluation: training,
    supervision,
    batches: (numGraphLayers) =>
      kind === null
        ? null
        : createBatchSource({
            kind,
            batchSize: kind === 'clusters' ? 200 : 40,
            fanOut: 5,
            numGraphLayers,
            training,
            supervision,
            seed: 1,
          }),
    seed: 1,
    values: resolveValues(
      descriptor.parameters,
      Object.fromEntries(
        Object.entries({ hidden: 16, dropout: 0.5 }).filter(([id]) =>
          descriptor.parameters.some((spec) => spec.id === id),
        ),
      ),
    ),
    breathe: () => Promise.resolve(),
  };
  const model = descriptor.create(context);
  const losses: number[] = [];
  let flat = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    losses.push(await model.step(epoch, 0.01));
    if (epoch === 1) flat = memory().numTensors;
  }
  expect(memory().numTensors).toBe(flat);
  const accuracy = accuracyOf(await model.predict(false));
  model.dispose();
  training.dispose();
  return { accuracy, losses };
}

function accuracyOf({ output }: Inference): number {
  let right = 0;
  let judged = 0;
  for (let node = 0; node < NODES; node++) {
    if (hasBit(train, node)) continue;
    const row = (output as Float32Array).subarray(node * CLASSES, (node + 1) * CLASSES);
    if (row.indexOf(Math.max(...row)) === block[node]) right++;
    judged++;
  }
  return right / judged;
}

beforeAll(async () => {
  await startBackend('wasm', nodeEngineHost(), { threads: 1 });
});

describe('training in batches', () => {
  const cases = [
    ['GCN by clusters', gcn, 'clusters', 1],
    ['GraphSAGE by clusters', sage, 'clusters', 1],
    ['GraphSAGE by sampled neighbours', sage, 'neighbours', 1],
    ['MLP by rows', mlp, 'neighbours', 0.4],
  ] as const;
  it.each(cases)(
    '%s learns what the whole graph teaches, and leaks nothing',
    async (_, model, kind, noise) => {
      const before = memory().numTensors;
      const batched = await trained(model, { kind, noise, epochs: 45 });
      // Batches take more steps an epoch, so the whole graph gets more epochs.
      const whole = await trained(model, { kind: null, noise, epochs: 80 });
      expect(whole.accuracy).toBeGreaterThan(0.75);
      expect(batched.accuracy).toBeGreaterThan(whole.accuracy - 0.05);
      expect(batched.losses.at(-1)).toBeLessThan(0.75 * (batched.losses[0] as number));
      expect(memory().numTensors).toBe(before);
    },
  );

  // Two relations and weights, so that what belongs to an arc must stay with it.
  const typed = {
    ...graph,
    relation: graph.colIndex.map((sender) => sender % 2),
    numRelations: 2,
    weight: Float32Array.from(graph.colIndex, (sender) => 1 + (sender % 3)),
    isSymmetric: false,
  };
  const offers = MODELS.all.flatMap((model) =>
    (model.batching ?? []).map((kind) => [model.id, kind] as const),
  );
  it.each(offers)('%s takes the batches it offers (%s), the same for the same seed', async (id, kind) => {
    const before = memory().numTensors;
    const run = () => trained(MODELS.get(id), { kind, noise: 1, epochs: 2, messageGraph: typed });
    const { losses } = await run();
    expect(losses.every(Number.isFinite)).toBe(true);
    expect((await run()).losses).toEqual(losses);
    expect(memory().numTensors).toBe(before);
  });
});

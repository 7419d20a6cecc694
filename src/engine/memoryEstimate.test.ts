import { engine } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../cli/engineHost.ts';
import { bitsetOf } from '../core/bitset.ts';
import { resolveValues } from '../core/parameters.ts';
import { randomSequence, STREAM } from '../core/random.ts';
import { startBackend } from './backend.ts';
import { createGraphInput } from './graphInput.ts';
import { createMaskedCrossEntropy } from './losses/maskedCrossEntropy.ts';
import {
  assertFits,
  chooseBatching,
  DEFAULT_MEMORY_BUDGET_BYTES,
  estimateBytes,
  type MemoryEstimate,
} from './memoryEstimate.ts';
import { gat } from './models/gat.ts';
import { gcn } from './models/gcn.ts';
import { gin } from './models/gin.ts';
import { mlp } from './models/mlp.ts';
import type { ModelDescriptor, RunShape } from './models/modelTypes.ts';
import { rgcn } from './models/rgcn.ts';
import { sage } from './models/sage.ts';
import { messageGraphOf } from './samplers/testMessageGraph.ts';

const NODES = 3000;
const ARCS = 42_000;
const OUTPUTS = 10;

function randomGraph(numRelations: number) {
  const random = randomSequence(1, STREAM.generator);
  const senders = new Int32Array(ARCS);
  const receivers = new Int32Array(ARCS);
  for (let arc = 0; arc < ARCS; arc += 2) {
    const [a, b] = [random.below(NODES), random.below(NODES)];
    senders.set([a, b], arc);
    receivers.set([b, a], arc);
  }
  const graph = messageGraphOf(NODES, { senders, receivers, isSymmetric: true });
  if (numRelations === 1) return graph;
  return { ...graph, relation: graph.colIndex.map((sender) => sender % numRelations), numRelations };
}

function randomFeatures(denseWidth: number, sparseWidth: number) {
  const random = randomSequence(2, STREAM.generator);
  const perRow = 15;
  return {
    numNodes: NODES,
    sparse:
      sparseWidth === 0
        ? null
        : {
            rows: NODES,
            cols: sparseWidth,
            rowPtr: Int32Array.from({ length: NODES + 1 }, (_, row) => row * perRow),
            colIndex: Int32Array.from({ length: NODES * perRow }, () => random.below(sparseWidth)),
            values: null,
          },
    dense: denseWidth === 0 ? null : new Float32Array(NODES * denseWidth).fill(0.5),
    denseWidth,
    width: denseWidth + sparseWidth,
    names: [],
  };
}

interface TensorLedger {
  trackTensor(tensor: { dataId: object; size: number }, backend: object): void;
  removeDataId(dataId: object, backend: object): void;
}

/** Largest sum of bytes behind live tensors while `work` runs; clones share theirs, which memory() counts twice. */
async function peakBytes(work: () => Promise<void>): Promise<number> {
  const ledger = engine() as unknown as TensorLedger;
  const sizes = new Map<object, number>();
  let live = 0;
  let peak = 0;
  const own = { track: ledger.trackTensor, remove: ledger.removeDataId };
  ledger.trackTensor = (tensor, backend) => {
    own.track.call(ledger, tensor, backend);
    if (sizes.has(tensor.dataId)) return;
    sizes.set(tensor.dataId, 4 * tensor.size);
    live += 4 * tensor.size;
    peak = Math.max(peak, live);
  };
  ledger.removeDataId = (dataId, backend) => {
    live -= sizes.get(dataId) ?? 0;
    sizes.delete(dataId);
    own.remove.call(ledger, dataId, backend);
  };
  try {
    await work();
  } finally {
    ledger.trackTensor = own.track;
    ledger.removeDataId = own.remove;
  }
  return peak;
}

async function measured(
  descriptor: ModelDescriptor,
  given: Record<string, unknown>,
  numRelations: number,
  sparseWidth: number,
) {
  const graph = randomGraph(numRelations);
  const features = randomFeatures(sparseWidth === 0 ? 64 : 0, sparseWidth);
  const values = resolveValues(descriptor.parameters, given);
  const codes = Int32Array.from({ length: NODES }, (_, node) => node % OUTPUTS);
  const train = bitsetOf(
    NODES,
    Array.from({ length: NODES / 2 }, (_, at) => 2 * at),
  );
  const peak = await peakBytes(async () => {
    const input = createGraphInput(features, graph);
    const model = descriptor.create({
      training: input,
      evaluation: input,
      supervision: {
        kind: 'classes',
        numOutputs: OUTPUTS,
        codes,
        targets: null,
        train,
        objective: () => createMaskedCrossEntropy(codes, train, OUTPUTS),
      },
      batches: () => null,
      seed: 1,
      values,
      breathe: () => Promise.resolve(),
    });
    await model.step(1, 0.01);
    await model.predict(true);
    model.keepBest();
    await model.step(2, 0.01);
    model.dispose();
    input.dispose();
  });
  const shape: RunShape = {
    numNodes: NODES,
    numArcs: ARCS,
    sparseEntries: features.sparse?.colIndex.length ?? 0,
    featureWidth: features.width,
    denseWidth: features.denseWidth,
    numRelations,
    numOutputs: OUTPUTS,
  };
  return { peak, estimate: estimateBytes(descriptor, shape, values) };
}

describe('estimateBytes', () => {
  beforeAll(async () => {
    await startBackend('wasm', nodeEngineHost(), { threads: 1 });
  });

  const cases: readonly [string, ModelDescriptor, Record<string, unknown>, number, number][] = [
    ['GCN', gcn, { hidden: 64 }, 1, 0],
    ['GCN, 6 layers', gcn, { hidden: 32, layers: 6 }, 1, 0],
    ['GCN, sparse features', gcn, { hidden: 16 }, 1, 1000],
    [
      'GCN, batch norm and residual',
      gcn,
      { hidden: 32, layers: 3, normalisation: 'batch', residual: true },
      1,
      0,
    ],
    ['GCN, jumping knowledge', gcn, { hidden: 32, layers: 3, jumpingKnowledge: 'concat' }, 1, 0],
    ['GCN, layer norm', gcn, { hidden: 32, layers: 3, normalisation: 'layer' }, 1, 0],
    ['GIN', gin, { hidden: 64 }, 1, 0],
    ['GIN, 4 layers', gin, { hidden: 32, layers: 4 }, 1, 0],
    ['GIN, not normalised', gin, { hidden: 32, normalisation: 'none' }, 1, 0],
    ['MLP', mlp, { hidden: 64 }, 1, 0],
    ['GraphSAGE', sage, { hidden: 64 }, 1, 0],
    ['GraphSAGE, max', sage, { hidden: 32, aggregation: 'max' }, 1, 0],
    ['GAT', gat, { hidden: 8, heads: 8 }, 1, 0],
    ['R-GCN, 4 relations', rgcn, { hidden: 16 }, 4, 0],
    ['R-GCN, 2 bases', rgcn, { hidden: 32, bases: 2 }, 4, 0],
  ];
  it.each(cases)(
    'is near the peak of a real step, rather above: %s',
    async (_, model, given, relations, words) => {
      const { peak, estimate } = await measured(model, given, relations, words);
      expect(estimate.total / peak).toBeGreaterThan(0.9);
      expect(estimate.total / peak).toBeLessThan(1.5);
      expect(estimate.total).toBe(estimate.data + estimate.parameters + estimate.activations);
      expect(estimate.inference).toBeLessThanOrEqual(estimate.activations);
    },
  );

  it('takes the word of a model that counts for itself', () => {
    const shape: RunShape = {
      numNodes: 10,
      numArcs: 20,
      sparseEntries: 0,
      featureWidth: 4,
      denseWidth: 4,
      numRelations: 1,
      numOutputs: 3,
    };
    const counting = { ...mlp, activationFloats: ({ numNodes }: RunShape) => 7 * numNodes };
    const { data, activations } = estimateBytes(counting, shape, resolveValues(mlp.parameters, {}));
    expect({ data, activations }).toEqual({ data: 160, activations: 280 });
  });
});

const GIB = 2 ** 30;
const estimateOf = (total: number, inference = 0): MemoryEstimate => ({
  data: 0,
  parameters: 0,
  activations: total,
  inference,
  total,
});
const offering = { name: 'GraphSAGE', batching: ['neighbours', 'clusters'] } as const;
const wholeOnly = { name: 'GCNII' };
const budgetBytes = DEFAULT_MEMORY_BUDGET_BYTES;

describe('chooseBatching', () => {
  const choose = (requested: string, total: number, descriptor: typeof offering | typeof wholeOnly) =>
    chooseBatching({ requested, estimate: estimateOf(total), budgetBytes, descriptor });

  it('takes the whole graph while it fits, then what the model offers first', () => {
    expect(choose('auto', GIB, offering)).toEqual({
      kind: 'full',
      reason: 'The whole graph fits: about 1.0 GiB of 3.0 GiB.',
    });
    expect(choose('auto', 5 * GIB, offering)).toEqual({
      kind: 'neighbours',
      reason: 'The whole graph would need about 5.0 GiB of 3.0 GiB, so training takes sampled neighbours.',
    });
  });

  it('does as asked', () => {
    expect(choose('clusters', 1000, offering)).toEqual({
      kind: 'clusters',
      reason: 'Clusters, as asked for.',
    });
    expect(choose('full', 5 * GIB, wholeOnly)).toEqual({
      kind: 'full',
      reason: 'The whole graph, as asked for: about 5.0 GiB of 3.0 GiB.',
    });
  });

  it('refuses batches that the model does not offer', () => {
    expect(() => choose('neighbours', 1000, wholeOnly)).toThrow(
      expect.objectContaining({
        name: 'ParameterError',
        code: 'parameter-value',
        message: "GCNII cannot be trained with batches 'neighbours'; allowed is auto, full.",
        remedy: 'Set Batches to auto, full.',
      }),
    );
  });

  it('refuses what fits in no way, with the numbers and what to change', () => {
    expect(() => choose('auto', 5 * GIB, wholeOnly)).toThrow(
      expect.objectContaining({
        name: 'OutOfMemoryError',
        code: 'out-of-memory',
        message: 'GCNII on the whole graph needs about 5.0 GiB; 3.0 GiB are there.',
        remedy: 'Use fewer hidden units or layers, fewer features, or a smaller graph.',
        details: { ...estimateOf(5 * GIB), budgetBytes },
      }),
    );
    const estimate = estimateOf(9 * GIB, 4 * GIB);
    expect(() => chooseBatching({ requested: 'auto', estimate, budgetBytes, descriptor: offering })).toThrow(
      expect.objectContaining({
        name: 'OutOfMemoryError',
        code: 'out-of-memory',
        message: 'Predictions for the whole graph need about 4.0 GiB; 3.0 GiB are there.',
        remedy: 'Use fewer hidden units, fewer features, or a smaller graph.',
      }),
    );
  });
});

describe('assertFits', () => {
  it('is silent up to the budget and names the batches that would help above it', () => {
    expect(() => assertFits(estimateOf(budgetBytes), budgetBytes, offering)).not.toThrow();
    expect(() => assertFits(estimateOf(300 * 2 ** 20), 200 * 2 ** 20, offering)).toThrow(
      expect.objectContaining({
        name: 'OutOfMemoryError',
        code: 'out-of-memory',
        message: 'GraphSAGE on the whole graph needs about 300 MiB; 200 MiB are there.',
        remedy: "Set Batches to 'neighbours' or 'clusters', or use fewer hidden units or layers.",
      }),
    );
  });
});

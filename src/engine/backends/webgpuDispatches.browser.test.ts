/**
 * How many compute dispatches one training epoch of a two-layer GCN sends to WebGPU: on small graphs their fixed price is
 * the epoch's time. The ceiling is a measured number, to be lowered when an epoch needs fewer.
 */
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bitsetOf } from '../../core/bitset.ts';
import { resolveValues } from '../../core/parameters.ts';
import { randomSequence, STREAM } from '../../core/random.ts';
import { createGraphInput, type GraphInput } from '../graphInput.ts';
import { startBackend, takeDeviceErrors } from '../kernels/testBackend.ts';
import { createMaskedCrossEntropy } from '../losses/maskedCrossEntropy.ts';
import { gcn } from '../models/gcn.ts';
import type { Model } from '../models/modelTypes.ts';
import { undirectedGraph } from '../samplers/testMessageGraph.ts';

const NODES = 300;
const EDGES = 600;
const CLASSES = 7;
const WORDS = 200;
const WORDS_PER_NODE = 10;
/** Sparse features, 16 hidden units, dropout on inputs and hidden units, Adam on four parameters. */
const CEILING = 38;
/** The first epochs upload the graph and lazily derived tensors. */
const WARM_UP = 2;

const absent = await startBackend('webgpu');

function randomInput(): GraphInput {
  const random = randomSequence(3, STREAM.generator);
  const draw = (length: number, bound: number) => Int32Array.from({ length }, () => random.below(bound));
  const sparse = {
    rows: NODES,
    cols: WORDS,
    rowPtr: Int32Array.from({ length: NODES + 1 }, (_, row) => row * WORDS_PER_NODE),
    colIndex: draw(NODES * WORDS_PER_NODE, WORDS),
    values: null,
  };
  const features = { numNodes: NODES, sparse, dense: null, denseWidth: 0, width: WORDS, names: [] };
  return createGraphInput(features, undirectedGraph(NODES, draw(EDGES, NODES), draw(EDGES, NODES)));
}

function smallGcn(input: GraphInput): Model {
  const codes = Int32Array.from({ length: NODES }, (_, node) => node % CLASSES);
  const train = bitsetOf(
    NODES,
    Array.from({ length: 140 }, (_, at) => 2 * at),
  );
  return gcn.create({
    training: input,
    evaluation: input,
    supervision: {
      kind: 'classes',
      numOutputs: CLASSES,
      codes,
      targets: null,
      train,
      objective: () => createMaskedCrossEntropy(codes, train, CLASSES),
    },
    batches: () => null,
    seed: 1,
    values: resolveValues(gcn.parameters, {}),
    breathe: () => Promise.resolve(),
  });
}

describe.skipIf(absent !== null)(
  `dispatches on webgpu${absent === null ? '' : ` (absent: ${absent})`}`,
  () => {
    const { dispatchWorkgroups } = GPUComputePassEncoder.prototype;
    let dispatches = 0;

    beforeAll(async () => {
      await startBackend('webgpu');
      GPUComputePassEncoder.prototype.dispatchWorkgroups = function counted(...sizes) {
        dispatches++;
        dispatchWorkgroups.apply(this, sizes);
      };
    });
    afterAll(async () => {
      GPUComputePassEncoder.prototype.dispatchWorkgroups = dispatchWorkgroups;
      expect(await takeDeviceErrors('webgpu')).toEqual([]);
    });

    it('stay at their ceiling in a training epoch of a GCN, and do not grow', async () => {
      const input = randomInput();
      const model = smallGcn(input);
      const counts: number[] = [];
      const tensors: number[] = [];
      for (let epoch = 1; epoch <= WARM_UP + 6; epoch++) {
        dispatches = 0;
        expect(await model.step(epoch, 0.01)).toBeGreaterThan(0);
        if (epoch <= WARM_UP) continue;
        counts.push(dispatches);
        tensors.push(memory().numTensors);
      }
      expect(new Set(counts).size).toBe(1);
      expect(new Set(tensors).size).toBe(1);
      expect(counts[0]).toBeGreaterThan(0);
      expect(counts[0]).toBeLessThanOrEqual(CEILING);
      model.dispose();
      input.dispose();
    });
  },
);

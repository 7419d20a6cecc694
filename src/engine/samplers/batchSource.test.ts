import { memory, scalar, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { bitsetIndices, bitsetOf } from '../../core/bitset.ts';
import { startBackend } from '../backend.ts';
import type { FeatureMatrix } from '../features/featureTypes.ts';
import { createGraphInput } from '../graphInput.ts';
import { spmm } from '../kernels/spmm/op.ts';
import type { Supervision, TrainingBatch } from '../models/modelTypes.ts';
import { type BatchOptions, createBatchSource } from './batchSource.ts';
import { blockGraph } from './testMessageGraph.ts';

const { graph, block } = blockGraph([40, 30, 30], 4, 0.8);
const NODES = graph.numNodes;

/** Dense column 0 is the node's index and each node stores one word, so that rows tell whose they are. */
const featureMatrix: FeatureMatrix = {
  numNodes: NODES,
  sparse: {
    rows: NODES,
    cols: NODES,
    rowPtr: Int32Array.from({ length: NODES + 1 }, (_, row) => row),
    colIndex: Int32Array.from(block, (_, node) => NODES - 1 - node),
    values: Float32Array.from(block, (_, node) => node / 2),
  },
  dense: Float32Array.from({ length: 2 * NODES }, (_, at) => (at % 2 === 0 ? at / 2 : 1)),
  denseWidth: 2,
  width: NODES + 2,
  names: ['word', 'index', 'one'],
};

/** Objectives that only remember what they were made for. */
function watchedSupervision(trainNodes: readonly number[]) {
  const asked: (readonly number[])[] = [];
  let alive = 0;
  const supervision: Supervision = {
    kind: 'classes',
    numOutputs: 3,
    codes: block,
    targets: null,
    train: bitsetOf(NODES, trainNodes),
    objective(nodes) {
      asked.push([...(nodes as Int32Array)]);
      alive++;
      return { loss: () => scalar(0), dispose: () => void alive-- };
    },
  };
  return { supervision, asked, alive: () => alive };
}

const everyThird = Array.from(block.keys()).filter((node) => node % 3 === 0);

function world(overrides: Partial<BatchOptions> = {}, trainNodes: readonly number[] = everyThird) {
  const watched = watchedSupervision(trainNodes);
  const training = createGraphInput(featureMatrix, graph);
  const options: BatchOptions = {
    kind: 'neighbours',
    batchSize: 10,
    fanOut: 2,
    numGraphLayers: 2,
    training,
    supervision: watched.supervision,
    seed: 1,
    ...overrides,
  };
  return { ...watched, options, source: createBatchSource(options) };
}

const rowNodes = (batch: TrainingBatch): number[] => {
  const values = batch.input.features().dense?.dataSync() ?? [];
  return Array.from(values).filter((_, at) => at % 2 === 0);
};

beforeAll(async () => {
  await startBackend('wasm', nodeEngineHost(), { threads: 1 });
});

const kinds: readonly [string, Partial<BatchOptions>][] = [
  ['neighbours', { kind: 'neighbours' }],
  ['clusters', { kind: 'clusters', batchSize: 24 }],
  ['rows', { kind: 'neighbours', numGraphLayers: 0 }],
];

describe.each(kinds)('batches of %s', (_, overrides) => {
  it('hold every training node once an epoch, never none, in another order each epoch', () => {
    const { source, options, asked } = world(overrides);
    const orders: string[] = [];
    for (const epoch of [1, 2]) {
      asked.length = 0;
      let numTrainNodes = 0;
      for (let index = 0; index < source.batchesPerEpoch; index++) {
        const batch = source.batch(epoch, index);
        expect(batch.numTrainNodes).toBeGreaterThan(0);
        numTrainNodes += batch.numTrainNodes;
        batch.dispose();
      }
      const trained = asked.flat().filter((node) => node % 3 === 0);
      expect([...trained].sort((a, b) => a - b)).toEqual([...bitsetIndices(options.supervision.train)]);
      expect(numTrainNodes).toBe(trained.length);
      orders.push(trained.join());
    }
    expect(orders[0]).not.toBe(orders[1]);
  });

  it('give each row its own features, the output rows first', () => {
    const { source, asked } = world(overrides);
    const batch = source.batch(1, 0);
    const nodes = rowNodes(batch);
    expect(nodes.slice(0, asked[0]?.length)).toEqual(asked[0]);
    const sparse = batch.input.features().sparse;
    expect(batch.input.features().shape).toEqual({ sparse: NODES, dense: 2 });
    expect([...(sparse?.matrix.colIndex.dataSync() ?? [])]).toEqual(nodes.map((node) => NODES - 1 - node));
    expect([...(sparse?.values.dataSync() ?? [])]).toEqual(nodes.map((node) => node / 2));
    batch.dispose();
  });

  it('are the same in any order of asking and in a fresh source', () => {
    const drawn = (ask: readonly number[]) => {
      const { source } = world(overrides);
      return ask.map((index) => {
        const batch = source.batch(3, index);
        const senders = [...batch.input.graph(0).adjacency().colIndex.dataSync()];
        const nodes = rowNodes(batch);
        batch.dispose();
        return { index, nodes, senders };
      });
    };
    expect(drawn([1, 0]).reverse()).toEqual(drawn([0, 1]));
  });

  it('leave no tensor behind', () => {
    const before = memory().numTensors;
    const { source, options, alive } = world(overrides);
    for (let epoch = 1; epoch <= 3; epoch++) {
      for (let index = 0; index < source.batchesPerEpoch; index++) {
        const batch = source.batch(epoch, index);
        tidy(() => {
          const features = batch.input.features();
          const last = batch.input.graph(Math.max(0, options.numGraphLayers - 1));
          features.aggregatedDense(batch.input.graph(0).mean());
          last.withSelfLoops().transpose();
        });
        batch.dispose();
      }
      expect(memory().numTensors).toBe(before);
    }
    expect(alive()).toBe(0);
  });
});

describe('batches of neighbours', () => {
  it('chain their layers and sample existing arcs', () => {
    const { source } = world({ batchSize: 4 });
    const batch = source.batch(1, 0);
    const nodes = rowNodes(batch);
    const [first, second] = [batch.input.graph(0), batch.input.graph(1)];
    expect(first.numSenders).toBe(nodes.length);
    expect(first.numReceivers).toBe(second.numSenders);
    expect(second.numReceivers).toBe(batch.numTrainNodes);
    const { rowPtr, colIndex } = first.adjacency();
    const [ptr, senders] = [rowPtr.dataSync(), colIndex.dataSync()];
    for (let row = 0; row < first.numReceivers; row++) {
      const node = nodes[row] as number;
      const neighbours = graph.colIndex.subarray(graph.rowPtr[node], graph.rowPtr[node + 1]);
      for (const sender of senders.subarray(ptr[row], ptr[row + 1])) {
        expect(neighbours).toContain(nodes[sender]);
      }
      expect((ptr[row + 1] as number) - (ptr[row] as number)).toBe(Math.min(2, neighbours.length));
    }
    batch.dispose();
  });

  it('average what the whole graph averages when the fan-out covers it', () => {
    const { source, options } = world({ batchSize: 50, fanOut: 1000, numGraphLayers: 1 });
    const batch = source.batch(1, 0);
    const mine = batch.input.features().aggregatedDense(batch.input.graph(0).mean()).arraySync();
    const whole = tidy(() => {
      const features = options.training.features();
      return spmm(options.training.graph(0).mean(), features.dense as never).arraySync();
    });
    const rows = rowNodes(batch).slice(0, mine.length);
    mine.forEach((row, at) => {
      expect(row[0]).toBeCloseTo((whole[rows[at] as number] as number[])[0] as number, 3);
    });
    batch.dispose();
    options.training.dispose();
  });

  it('differ in size by one at most', () => {
    const { source, asked } = world({ batchSize: 10 });
    for (let index = 0; index < source.batchesPerEpoch; index++) source.batch(1, index).dispose();
    const sizes = asked.map((nodes) => nodes.length);
    expect(sizes.length).toBe(4);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });
});

describe('batches of clusters', () => {
  it('keep every arc among their nodes, in both directions', () => {
    const { source } = world({ kind: 'clusters', batchSize: 30 });
    const batch = source.batch(1, 0);
    const nodes = rowNodes(batch);
    let among = 0;
    for (const node of nodes) {
      const neighbours = graph.colIndex.subarray(graph.rowPtr[node], graph.rowPtr[node + 1]);
      for (const sender of neighbours) if (nodes.includes(sender)) among++;
    }
    const structure = batch.input.graph(0);
    expect(structure.adjacency().numEntries).toBe(among);
    expect(structure.symmetric().isSymmetric).toBe(true);
    expect(batch.input.graph(7)).toBe(structure);
    batch.dispose();
  });

  it('have a training node each and about the size asked for when few nodes are labelled', () => {
    const { source, asked } = world({ kind: 'clusters', batchSize: 16 }, [5, 50, 95]);
    expect(source.batchesPerEpoch).toBeGreaterThan(1);
    expect(source.batchesPerEpoch).toBeLessThanOrEqual(3);
    for (let epoch = 1; epoch <= 4; epoch++) {
      for (let index = 0; index < source.batchesPerEpoch; index++) {
        const batch = source.batch(epoch, index);
        expect(batch.numTrainNodes).toBeGreaterThan(0);
        batch.dispose();
      }
    }
    // Parts hold 8 nodes at most, so a batch that is not yet full ends below 16 + 8.
    for (const nodes of asked) expect(nodes.length).toBeLessThan(24);
    expect(new Set(asked.flat()).size).toBeGreaterThan(asked[0]?.length ?? 0);
  });

  it('are one batch of the whole graph when it is small', () => {
    const { source, asked } = world({ kind: 'clusters', batchSize: 1000 });
    expect(source.batchesPerEpoch).toBe(1);
    source.batch(1, 0).dispose();
    expect(asked[0]?.length).toBe(NODES);
  });
});

import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { bitsetOf } from '../../core/bitset.ts';
import type { Graph } from '../../core/graph.ts';
import { startBackend } from '../backend.ts';
import type { BackendName, RunResult } from '../runTypes.ts';
import { createRunControl } from './runControl.ts';
import { blocks, category, collect, config, losses, resultOf } from './testBlocks.ts';
import type { RunSnapshot } from './runSnapshot.ts';
import { trainRun } from './trainRun.ts';
describe.each<BackendName>(['cpu', 'wasm'])('trainRun on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it('learns two blocks, says how well beside the baselines, and leaves no tensor', async () => {
    const before = memory().numTensors;
    const events = await collect(blocks(), config({ parameters: { epochs: 100 } }));
    expect(memory().numTensors).toBe(before);
    const result = resultOf(events);
    expect(events[0]).toMatchObject({
      kind: 'started',
      run: {
        classes: ['a', 'b'],
        counts: { train: 10, val: 10, test: 20 },
        features: ['signal'],
        leftOut: [{ name: 'split', reason: 'describes the split' }],
        splitName: 'public',
      },
    });
    expect(result.outcome).toBe('finished');
    expect(result.metrics.test.accuracy).toBeGreaterThanOrEqual(0.9);
    expect(result.baselines.map((baseline) => baseline.id)).toEqual(['majority', 'label-propagation', 'mlp']);
    expect(result.baselines[0]?.metrics.test.accuracy).toBe(0.5);
    expect(result.verdict).toMatch(/^\d+\.\d % of 20 test nodes right\. /);
    expect(result.scores?.length).toBe(80);
    expect(result.embedding?.length).toBe(40 * result.embeddingWidth);
    expect([...(result.parts ?? [])].slice(0, 4)).toEqual([1, 2, 3, 3]);
  });

  it('gives the same bits for the same seed and others for another', async () => {
    const first = await collect(blocks(), config());
    const again = await collect(blocks(), config());
    const other = await collect(blocks(), config({ seed: 1 }));
    expect(losses(again)).toEqual(losses(first));
    expect(resultOf(again).scores).toEqual(resultOf(first).scores);
    expect(losses(other)).not.toEqual(losses(first));
  });

  it('goes on bit for bit from a checkpoint', async () => {
    const whole = await collect(blocks(), config({ parameters: { epochs: 24, patience: 0 } }));
    const checkpoints: RunSnapshot[] = [];
    await collect(blocks(), config({ parameters: { epochs: 10, patience: 0 } }), {
      onCheckpoint: (taken) => checkpoints.push(taken),
    });
    const checkpoint = structuredClone(checkpoints[0] as RunSnapshot);
    expect(checkpoint.epoch).toBe(10);
    const rest = await collect(blocks(), config({ parameters: { epochs: 24, patience: 0 } }), {
      resumeFrom: checkpoint,
    });
    expect(losses(rest)).toEqual(losses(whole).slice(10));
    expect(resultOf(rest).scores).toEqual(resultOf(whole).scores);
    expect(resultOf(rest).bestEpoch).toBe(resultOf(whole).bestEpoch);
  });

  it('pauses, steps one epoch, takes a new learning rate, resumes and stops', async () => {
    const control = createRunControl();
    const run = trainRun(blocks(), config({ parameters: { epochs: 1000, patience: 0 } }), {
      control,
      backend: 'test',
      snapshotIntervalMs: 0,
    });
    const seen: string[] = [];
    for await (const event of run) {
      seen.push(
        event.kind === 'epoch'
          ? `epoch ${event.epoch} lr ${event.learningRate}`
          : event.kind === 'status'
            ? event.status
            : event.kind,
      );
      if (event.kind === 'epoch' && event.epoch === 2) control.pause();
      if (event.kind === 'status' && event.status === 'paused') {
        const pauses = seen.filter((word) => word === 'paused').length;
        if (pauses === 1) {
          control.setLearningRate(0.5);
          control.step();
        } else control.resume();
      }
      if (event.kind === 'epoch' && event.epoch === 4) control.stop();
    }
    expect(seen).toEqual([
      'started',
      'epoch 1 lr 0.01',
      'snapshot',
      'epoch 2 lr 0.01',
      'snapshot',
      'paused',
      'epoch 3 lr 0.5',
      'snapshot',
      'paused',
      'running',
      'epoch 4 lr 0.5',
      'snapshot',
      'finished',
    ]);
  });

  it('pauses between epochs of a baseline, and keeps the result when stopped there', async () => {
    for (const goOn of [true, false]) {
      const control = createRunControl();
      const run = trainRun(blocks(), config(), { control, backend: 'test', snapshotIntervalMs: null });
      const statuses: string[] = [];
      let result: RunResult | null = null;
      for await (const event of run) {
        if (event.kind === 'finished') result = event.result;
        if (event.kind !== 'status') continue;
        statuses.push(`${event.status}: ${event.stage}`);
        if (statuses.length === 1) control.pause();
        if (event.status === 'paused') (goOn ? control.resume : control.stop)();
      }
      expect(statuses.slice(0, 2)).toEqual(['running: Training baselines', 'paused: Paused']);
      expect(statuses[2]).toBe(goOn ? 'running: Training baselines' : undefined);
      expect(result).toMatchObject({ outcome: 'finished', epochsRun: 30 });
      expect(result?.baselines).toHaveLength(goOn ? 3 : 0);
    }
  });

  it('is stopped while paused', async () => {
    const control = createRunControl();
    control.pause();
    const waiting = collect(blocks(), config(), { control });
    await new Promise((resolve) => setTimeout(resolve, 20));
    control.stop();
    expect(resultOf(await waiting)).toMatchObject({ outcome: 'stopped', epochsRun: 0, baselines: [] });
  });

  it('trains on structure alone when there is no usable column', async () => {
    const events = await collect(blocks(), config({ features: [] }));
    expect(events[0]).toMatchObject({ run: { featureWidth: 40, features: ['node identity (one-hot)'] } });
  });

  it('says so when the loss stops being a number', async () => {
    // Ordinary on training rows, at the edge of float32 elsewhere: sums over neighbours overflow.
    const values = Float32Array.from({ length: 40 }, (_, row) => (row % 4 === 0 ? (row / 4) % 2 : 3e38));
    const huge = blocks([{ kind: 'vector', name: 'huge', length: 40, width: 1, validity: null, values }]);
    const before = memory().numTensors;
    await expect(collect(huge, config())).rejects.toMatchObject({
      name: 'DivergedError',
      code: 'diverged',
      remedy: 'Lower the learning rate, by a factor of ten to begin with, and train again.',
    });
    expect(memory().numTensors).toBe(before);
  });

  it('keeps the best epoch before a divergence, from which a run can go on', async () => {
    // A wild step after a few sound ones: what a person does who turns the rate up too far.
    const control = createRunControl();
    let kept: RunSnapshot | null = null;
    const run = trainRun(blocks(), config({ parameters: { epochs: 200, patience: 0 } }), {
      control,
      backend: 'test',
      snapshotIntervalMs: null,
      onCheckpoint: (taken) => {
        kept = taken;
      },
    });
    const diverge = async (): Promise<void> => {
      for await (const event of run)
        if (event.kind === 'epoch' && event.epoch === 5) control.setLearningRate(1e38);
    };
    await expect(diverge()).rejects.toMatchObject({ name: 'DivergedError' });
    const snapshot = kept as unknown as RunSnapshot;
    const numbers = snapshot.model.tensors.flatMap(({ values, firstMoment }) => [...values, ...firstMoment]);
    expect(snapshot.epoch).toBeGreaterThan(0);
    expect(numbers.every(Number.isFinite)).toBe(true);
    const rest = await collect(
      blocks(),
      config({ parameters: { epochs: snapshot.epoch + 10, patience: 0 } }),
      {
        resumeFrom: { ...snapshot, learningRate: 0.01 },
      },
    );
    expect(losses(rest).every(Number.isFinite)).toBe(true);
  });
});

describe('trainRun refuses before it allocates', () => {
  it.each([
    [
      'one class',
      blocks([], () => 'a'),
      config(),
      {
        code: 'one-class',
        message: "Target 'label' has one class only ('a'); there is nothing to tell apart.",
      },
    ],
    [
      'an unknown target',
      blocks(),
      config({ target: 'colour' }),
      { code: 'target-column', message: "There is no node column 'colour'." },
    ],
    [
      'an unknown split',
      blocks(),
      config({ split: 'public:3' }),
      { code: 'split-column', message: "'node' has no split column 'split3'." },
    ],
    ['a model of another task', blocks(), config({ model: 'deepwalk' }), { code: 'model-task' }],
    ['the target as a feature', blocks(), config({ features: ['label'] }), { code: 'feature-column' }],
    ['an unknown edge weight', blocks(), config({ edgeWeight: 'w' }), { code: 'weight-column' }],
    [
      'a parameter out of range',
      blocks(),
      config({ parameters: { epochs: 0 } }),
      { code: 'parameter-value' },
    ],
  ])('%s', async (_, graph, runConfig, expected) => {
    const before = memory().numTensors;
    await expect(collect(graph, runConfig)).rejects.toMatchObject(expected);
    expect(memory().numTensors).toBe(before);
  });
});

describe('splits with an empty part', () => {
  const labelled = (node: number) => (node < 20 ? 'a' : 'b');

  it('without a training node: refused, with what to do', async () => {
    const graph = blocks();
    const type = graph.nodeTypes[0] as Graph['nodeTypes'][number];
    // Only unlabelled rows are marked train.
    const columns = type.columns.map((column) =>
      column.name === 'label' ? { ...column, validity: bitsetOf(40, [1, 2, 3, 5, 6, 7, 22, 23]) } : column,
    );
    const broken = { ...graph, nodeTypes: [{ ...type, columns }] };
    await expect(collect(broken, config())).rejects.toMatchObject({
      name: 'TaskError',
      code: 'empty-train',
      message: "Split 'public' leaves no labelled node to train on.",
      remedy: 'Mark some labelled nodes as train, or choose a random split.',
    });
  });

  it('without validation or test nodes: trained, and said', async () => {
    const parts = Array.from({ length: 40 }, (_, node) => (node % 2 ? 'train' : 'none'));
    const graph = blocks([], labelled);
    const type = graph.nodeTypes[0] as Graph['nodeTypes'][number];
    const columns = type.columns.map((column) =>
      column.name === 'split' ? category('split', parts, ['none', 'train']) : column,
    );
    const events = await collect(
      { ...graph, nodeTypes: [{ ...type, columns }] },
      config({ parameters: { epochs: 3 } }),
    );
    expect(events[0]).toMatchObject({
      run: {
        counts: { train: 20, val: 0, test: 0 },
        warnings: [
          'There is no validation part: training runs to the last epoch and nothing is tuned on held-out nodes.',
          'There is no test part, so no test metric can be given.',
        ],
      },
    });
    const result = resultOf(events);
    expect(result.metrics.test).toEqual({});
    expect(result.verdict).toMatch(/of 20 training nodes \(no held-out part\) right\./);
  });
});

describe('default features', () => {
  it('leave out what gives the target away, and say why', async () => {
    const nodes = Array.from({ length: 40 }, (_, node) => node);
    const flag = {
      kind: 'bool',
      name: 'is_a',
      length: 40,
      validity: null,
      values: Uint8Array.from(nodes, (node) => (node < 20 ? 1 : 0)),
    } as const;
    const county = category(
      'county',
      nodes.map((node) => `county ${node >> 2}`),
      Array.from({ length: 10 }, (_, index) => `county ${index}`),
    );
    const events = await collect(blocks([flag, county]), config({ parameters: { epochs: 1 } }));
    expect(events[0]).toMatchObject({
      run: {
        features: ['signal'],
        leftOut: [
          { name: 'split', reason: 'describes the split' },
          { name: 'is_a', reason: 'its value gives the target away' },
          { name: 'county', reason: 'its value gives the target away' },
        ],
      },
    });
  });
});

describe('community detection', () => {
  it('finds the blocks of a graph without labels and places them', async () => {
    const events = await collect(
      blocks(),
      config({ task: 'community-detection', model: 'deepwalk', parameters: { epochs: 5 } }),
      { snapshotIntervalMs: 0 },
    );
    const result = resultOf(events);
    expect(result.metrics.train.modularity).toBeGreaterThan(0.3);
    expect(result.verdict).toMatch(/communities, clearly separated/);
    const loss = losses(events);
    expect(loss.at(-1)).toBeLessThan(loss[0] ?? 0);
    expect(events.find((event) => event.kind === 'snapshot')).toMatchObject({ embeddingWidth: 32 });
  });
});

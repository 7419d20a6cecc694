import { backend } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { buildGraph } from '../../core/graphBuilder.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import type { RunConfig } from '../../engine/runTypes.ts';
import { browserEngineHost } from '../engineHost.ts';
import type { RunStreamEvent } from '../protocol.ts';
import { createTrainingService } from './trainingService.ts';

const ring = buildGraph({
  name: 'ring',
  nodeTables: [
    {
      type: 'node',
      count: 24,
      columns: [
        {
          kind: 'category',
          name: 'label',
          length: 24,
          validity: null,
          codes: Int32Array.from({ length: 24 }, (_, node) => (node < 12 ? 0 : 1)),
          dictionary: ['a', 'b'],
        },
      ],
    },
  ],
  nodeIds: utf8Table(Array.from({ length: 24 }, (_, node) => String(node))),
  edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: false }],
  source: Int32Array.from({ length: 24 }, (_, node) => node),
  target: Int32Array.from({ length: 24 }, (_, node) => (node + 1) % 24),
  edgeType: null,
  edgeColumns: [],
});

const config = (epochs: number): RunConfig => ({
  task: 'node-classification',
  nodeType: null,
  target: null,
  model: 'gcn',
  seed: 0,
  split: 'auto',
  features: 'auto',
  edgeWeight: null,
  parameters: { epochs, patience: 0 },
});

function listen(port: MessagePort) {
  const events: RunStreamEvent[] = [];
  port.onmessage = ({ data }: MessageEvent<RunStreamEvent>) => events.push(data);
  const has = (kind: RunStreamEvent['kind']) =>
    expect.poll(() => events.map((event) => event.kind), { timeout: 30_000 }).toContain(kind);
  return { events, has };
}

describe('the training service', () => {
  const service = createTrainingService(browserEngineHost());
  afterEach(() => service.stop());

  it('streams a run in order: started, epochs, snapshots, finished', async () => {
    await service.chooseBackend('wasm', null);
    await service.setGraph(ring);
    const { port1, port2 } = new MessageChannel();
    const { events, has } = listen(port1);
    await service.startRun(config(50), port2);
    await has('finished');
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index));
    expect(events[0]?.kind).toBe('started');
    const epochs = events.flatMap((event) =>
      event.kind === 'epochs' ? event.epochs.map(({ epoch }) => epoch) : [],
    );
    expect(epochs).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    const snapshot = events.find((event) => event.kind === 'snapshot');
    expect(snapshot?.snapshot.coordinates?.length).toBe(48);
  });

  it('says what a run would need, and what would refuse it', async () => {
    const estimate = await service.estimateRun(config(50));
    expect([estimate.batching.kind, estimate.memoryEstimateBytes > 0]).toEqual(['full', true]);
    const refused = { ...config(50), parameters: { epochs: 0 } };
    await expect(service.estimateRun(refused)).rejects.toMatchObject({ code: 'parameter-value' });
  });

  it('offers models with what decides where they are shown', async () => {
    const { models, featureParameters, batchParameters, tasks } = await service.catalogue();
    expect(models.find((model) => model.id === 'majority')).toMatchObject({
      uses: { structure: false, features: false },
      outputs: ['classes'],
      batching: [],
    });
    const known = tasks.flatMap((task) => task.parameters.map((spec) => spec.id));
    expect(known).toEqual(expect.arrayContaining([...featureParameters, ...batchParameters]));
  });

  it('goes on with WASM from the last checkpoint when the GPU is lost', async () => {
    const choice = await service.chooseBackend('webgpu', null);
    // A browser without WebGPU falls back at once; there is nothing to lose then.
    expect(choice.backend).toBe('webgpu');
    const { port1, port2 } = new MessageChannel();
    const { events, has } = listen(port1);
    await service.startRun(config(400), port2);
    await has('epochs');
    (backend() as unknown as { device: GPUDevice }).device.destroy();
    await has('backendChanged');
    await has('finished');
    expect(events.find((event) => event.kind === 'failed')).toBeUndefined();
    const last = events.findLast((event) => event.kind === 'epochs')?.epochs.at(-1);
    expect(last?.epoch).toBe(400);
    expect(events.find((event) => event.kind === 'backendChanged')).toMatchObject({
      choice: { backend: 'wasm' },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../core/graphBuilder.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import type { RunConfig } from '../runTypes.ts';
import { estimateRun } from './estimateRun.ts';

const COUNT = 60;
const ring = buildGraph({
  name: 'ring',
  nodeTables: [
    {
      type: 'node',
      count: COUNT,
      columns: [
        {
          kind: 'f32',
          name: 'price',
          length: COUNT,
          validity: null,
          values: Float32Array.from({ length: COUNT }, (_, node) => node % 7),
        },
      ],
    },
  ],
  nodeIds: utf8Table(Array.from({ length: COUNT }, (_, node) => String(node))),
  edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: false }],
  source: Int32Array.from({ length: COUNT }, (_, node) => node),
  target: Int32Array.from({ length: COUNT }, (_, node) => (node + 1) % COUNT),
  edgeType: null,
  edgeColumns: [],
});

const config = (parameters: RunConfig['parameters'] = {}, target = 'price'): RunConfig => ({
  task: 'node-regression',
  nodeType: null,
  target,
  model: 'gcn',
  seed: 0,
  split: 'random:60/20/20',
  features: 'auto',
  edgeWeight: null,
  parameters,
});

describe('estimateRun', () => {
  // No backend is registered here: nothing may reach for a device.
  it('tells bytes and batches without touching the device', () => {
    const small = estimateRun(ring, config({ hidden: 16 }));
    const wide = estimateRun(ring, config({ hidden: 256 }));
    expect(small.batching.kind).toBe('full');
    expect(wide.memoryEstimateBytes).toBeGreaterThan(small.memoryEstimateBytes);
  });

  it('goes to batches when the whole graph does not fit, and refuses what was asked for and cannot be', () => {
    const { memoryEstimateBytes } = estimateRun(ring, config());
    const budget = memoryEstimateBytes - 1;
    expect(estimateRun(ring, config(), budget).batching.kind).toBe('clusters');
    expect(() => estimateRun(ring, config({ batching: 'full' }), budget)).toThrow(
      expect.objectContaining({ name: 'OutOfMemoryError', code: 'out-of-memory' }),
    );
  });

  it.each([
    [config({ hidden: 0 }), 'parameter-value'],
    [config({ nonsense: 1 }), 'unknown-parameter'],
    [config({}, 'absent'), 'target-column'],
  ])('refuses what the run would refuse: %#', (refused, code) => {
    expect(() => estimateRun(ring, refused)).toThrow(expect.objectContaining({ code }));
  });
});

import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { bitsetOf } from '../../core/bitset.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { buildMessageGraph } from '../../core/messageGraph.ts';
import { resolveValues } from '../../core/parameters.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { startBackend } from '../backend.ts';
import { encodeFeatures } from '../features/encodeFeatures.ts';
import { createGraphInput } from '../graphInput.ts';
import { createMaskedCrossEntropy } from '../losses/maskedCrossEntropy.ts';
import { gat } from './gat.ts';
import { gatv2 } from './gatv2.ts';
import { gcn } from './gcn.ts';
import type { AttentionWeights, ModelDescriptor } from './modelTypes.ts';

const NODES = 4;

/** A path 0-1-2 with a doubled edge 0-1 and a self-loop at 2; node 3 is alone. */
async function attentionOf(
  descriptor: ModelDescriptor,
  given: Readonly<Record<string, unknown>>,
): Promise<AttentionWeights | null> {
  const graph = buildGraph({
    name: 'path',
    nodeTables: [{ type: 'node', columns: [], count: NODES }],
    nodeIds: utf8Table(['a', 'b', 'c', 'd']),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.of(0, 0, 1, 2),
    target: Int32Array.of(1, 1, 2, 2),
    edgeType: null,
    edgeColumns: [],
  });
  const train = bitsetOf(NODES, [0, 1]);
  const codes = Int32Array.of(0, 1, 0, 1);
  const features = encodeFeatures([{ columns: [], offset: 0, count: NODES }], NODES, train);
  const input = createGraphInput(features, buildMessageGraph(graph, { flow: 'both' }));
  const model = descriptor.create({
    training: input,
    evaluation: input,
    supervision: {
      kind: 'classes',
      numOutputs: 2,
      codes,
      targets: null,
      train,
      objective: () => createMaskedCrossEntropy(codes, train, 2),
    },
    batches: () => null,
    seed: 1,
    values: resolveValues(descriptor.parameters, given),
    breathe: () => Promise.resolve(),
  });
  for (let epoch = 1; epoch <= 3; epoch++) await model.step(epoch, 0.1);
  await model.predict(false);
  const before = memory().numTensors;
  const attention = (await model.attention?.()) ?? null;
  expect(memory().numTensors).toBe(before);
  model.dispose();
  input.dispose();
  return attention;
}

describe('attention of a trained model', () => {
  beforeAll(async () => {
    await startBackend('wasm', nodeEngineHost(), { threads: 1 });
  });

  it.each([
    ['gat', gat],
    ['gatv2', gatv2],
  ] as const)('%s: one weight per arc, node itself and head of the last layer', async (_, descriptor) => {
    const attention = (await attentionOf(descriptor, { outputHeads: 3 })) as AttentionWeights;
    const { heads, senders, receivers, weights } = attention;
    expect(heads).toBe(3);
    expect([...receivers]).toEqual([0, 0, 0, 1, 1, 1, 1, 2, 2, 3]);
    expect([...senders]).toEqual([1, 1, 0, 0, 0, 2, 1, 1, 2, 3]);
    expect(weights.length).toBe(heads * senders.length);
    for (let node = 0; node < NODES; node++) {
      for (let head = 0; head < heads; head++) {
        const own = [...receivers.keys()].filter((entry) => receivers[entry] === node);
        const sum = own.reduce((total, entry) => total + (weights[entry * heads + head] as number), 0);
        expect(sum).toBeCloseTo(1, 6);
      }
    }
    // Parallel arcs are alike; the node alone listens to itself.
    expect(weights.slice(0, 3)).toEqual(weights.slice(3, 6));
    expect(weights.slice(27)).toEqual(Float32Array.of(1, 1, 1));
  });

  it('is null where no layer attends', async () => {
    expect(await attentionOf(gcn, {})).toBeNull();
  });
});

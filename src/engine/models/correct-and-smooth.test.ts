import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { bitsetOf } from '../../core/bitset.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { buildMessageGraph } from '../../core/messageGraph.ts';
import { resolveValues } from '../../core/parameters.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { startBackend } from '../backend.ts';
import { createGraphInput } from '../graphInput.ts';
import { createMaskedCrossEntropy } from '../losses/maskedCrossEntropy.ts';
import { argmaxRow, softmaxRows } from '../metrics/classification.ts';
import { correctAndSmooth } from './correct-and-smooth.ts';
import type { Model } from './modelTypes.ts';

const NODES = 12;
const CLASSES = 2;
/** Two rings of six: the first of class 0, the second of class 1; one node in two is labelled. */
const CODES = Int32Array.from({ length: NODES }, (_, node) => (node < 6 ? 0 : 1));

function inputOfRings() {
  const nodes = Array.from({ length: NODES }, (_, node) => node);
  const graph = buildGraph({
    name: 'rings',
    nodeTables: [{ type: 'node', columns: [], count: NODES }],
    nodeIds: utf8Table(nodes.map(String)),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.from(nodes),
    target: Int32Array.from(nodes, (node) => (node % 6 === 5 ? node - 5 : node + 1)),
    edgeType: null,
    edgeColumns: [],
  });
  // A feature that says nothing: the base model alone can only guess.
  const dense = new Float32Array(NODES).fill(1);
  const features = { numNodes: NODES, sparse: null, dense, denseWidth: 1, width: 1, names: ['x'] };
  return createGraphInput(features, buildMessageGraph(graph, { flow: 'both' }));
}

async function withModel<T>(given: Record<string, unknown>, use: (model: Model) => Promise<T>): Promise<T> {
  const train = bitsetOf(NODES, [0, 2, 4, 6, 8, 10]);
  const input = inputOfRings();
  const model = correctAndSmooth.create({
    training: input,
    evaluation: input,
    supervision: {
      kind: 'classes',
      numOutputs: CLASSES,
      codes: CODES,
      targets: null,
      train,
      objective: () => createMaskedCrossEntropy(CODES, train, CLASSES),
    },
    batches: () => null,
    seed: 1,
    values: resolveValues(correctAndSmooth.parameters, given),
    breathe: () => Promise.resolve(),
  });
  try {
    return await use(model);
  } finally {
    model.dispose();
    input.dispose();
  }
}

const accuracyOf = (logits: Float32Array): number =>
  CODES.filter((code, node) => argmaxRow(logits, node, CLASSES) === code).length / NODES;

describe('Correct & Smooth as a model', () => {
  beforeAll(async () => {
    await startBackend('wasm', nodeEngineHost(), { threads: 1 });
  });

  it.each(['mlp', 'logistic-regression', 'gcn', 'sgc'])(
    'refines %s: probabilities again, and what the graph knows',
    async (base) => {
      const before = memory().numTensors;
      await withModel({ base, hidden: 8, dropout: 0 }, async (model) => {
        for (let epoch = 1; epoch <= 60; epoch++) await model.step(epoch, 0.05);
        const inference = await model.predict(true);
        expect(accuracyOf(inference.output as Float32Array)).toBe(0.5);
        const refined = await model.refine?.(inference);
        const logits = refined?.output as Float32Array;
        const shares = logits.map(Math.exp);
        for (let row = 0; row < NODES; row++)
          expect((shares[2 * row] as number) + (shares[2 * row + 1] as number)).toBeCloseTo(1, 5);
        expect(accuracyOf(logits)).toBe(1);
        expect(refined).toMatchObject({
          embedding: inference.embedding,
          embeddingWidth: inference.embeddingWidth,
        });
      });
      expect(memory().numTensors).toBe(before);
    },
  );

  it('without both stages gives the base model’s probabilities', async () => {
    await withModel({ correct: false, smooth: false }, async (model) => {
      await model.step(1, 0.05);
      const inference = await model.predict(false);
      const refined = await model.refine?.(inference);
      const expected = softmaxRows(inference.output as Float32Array, CLASSES);
      [...(refined?.output ?? [])].forEach((logit, at) => {
        expect(Math.exp(logit)).toBeCloseTo(expected[at] as number, 5);
      });
    });
  });

  it('hands its settings to the base model where that has them', async () => {
    const sizeOf = (given: Record<string, unknown>) =>
      withModel(given, (model) => Promise.resolve(model.numParameters));
    // One feature, two classes: (1 + 1)·H + (H + 1)·2 for two layers, 2 + 2 for one.
    expect(await sizeOf({ hidden: 5 })).toBe(22);
    expect(await sizeOf({ base: 'logistic-regression', hidden: 5 })).toBe(4);
  });
});

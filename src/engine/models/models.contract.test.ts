import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { bitsetOf } from '../../core/bitset.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { buildMessageGraph } from '../../core/messageGraph.ts';
import { resolveValues } from '../../core/parameters.ts';
import { randomSequence, STREAM } from '../../core/random.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { startBackend } from '../backend.ts';
import { encodeFeatures } from '../features/encodeFeatures.ts';
import { createGraphInput } from '../graphInput.ts';
import { createMaskedCrossEntropy } from '../losses/maskedCrossEntropy.ts';
import { createMaskedRegression } from '../losses/maskedRegression.ts';
import { TASKS } from '../tasks/index.ts';
import { MODELS } from './index.ts';
import type { Model, ModelContext, ModelDescriptor, Supervision } from './modelTypes.ts';

const NODES = 14;
const LAST = NODES - 1;
const OUTPUTS = 3;
const CODES = Int32Array.from({ length: NODES }, (_, node) => node % 3);

/** An awkward graph: a self-loop, a doubled edge, an isolated last node; sparse and dense features. */
function world(
  order: readonly number[] = Array.from({ length: NODES }, (_, node) => node),
  featureOf = (node: number) => node,
) {
  const random = randomSequence(3, STREAM.generator);
  const pairs: [number, number][] = [
    [0, 0],
    [1, 2],
    [1, 2],
  ];
  for (let edge = 0; edge < 20; edge++) pairs.push([random.below(LAST), random.below(LAST)]);
  const place = new Int32Array(NODES);
  order.forEach((node, position) => {
    place[node] = position;
  });
  const graph = buildGraph({
    name: 'world',
    nodeTables: [{ type: 'node', columns: [], count: NODES }],
    nodeIds: utf8Table(order.map(String)),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.from(pairs, ([source]) => place[source] as number),
    target: Int32Array.from(pairs, ([, target]) => place[target] as number),
    edgeType: null,
    edgeColumns: [],
  });
  const train = bitsetOf(
    NODES,
    order.flatMap((node, position) => (node < 9 ? [position] : [])),
  );
  const values = Float32Array.from(order, (node) => Math.sin(featureOf(node)));
  const words = order.flatMap((node) => [featureOf(node) % 5, 5 + (featureOf(node) % 2)]);
  const columns = [
    { kind: 'f32', name: 'x', length: NODES, validity: null, values },
    {
      kind: 'sparse',
      name: 'words',
      length: NODES,
      validity: null,
      width: 7,
      rowPtr: Int32Array.from({ length: NODES + 1 }, (_, row) => 2 * row),
      colIndex: Int32Array.from(words),
      values: new Float32Array(2 * NODES).fill(1),
    },
  ] as const;
  const messageGraph = buildMessageGraph(graph, { flow: 'both' });
  const features = encodeFeatures([{ columns, offset: 0, count: NODES }], NODES, train);
  const codes = Int32Array.from(order, (node) => CODES[node] as number);
  return { messageGraph, features, codes, train };
}

async function withModel<T>(
  descriptor: ModelDescriptor,
  made: ReturnType<typeof world>,
  use: (model: Model, context: ModelContext) => Promise<T>,
  seed = 1,
): Promise<T> {
  const input = createGraphInput(made.features, made.messageGraph);
  const context: ModelContext = {
    training: input,
    evaluation: input,
    supervision: TASKS.get(descriptor.tasks[0] as string).needsTarget
      ? supervisionFor(descriptor, made)
      : null,
    batches: () => null,
    seed,
    values: resolveValues(descriptor.parameters, SMALL[descriptor.id] ?? {}),
    breathe: () => Promise.resolve(),
  };
  const model = descriptor.create(context);
  try {
    return await use(model, context);
  } finally {
    model.dispose();
    input.dispose();
  }
}

/** Deep models are tried shallow. */
const SMALL: Readonly<Record<string, Record<string, unknown>>> = { gcnii: { layers: 4 } };

/** Three classes, or for models of numbers only a number per node. */
function supervisionFor(descriptor: ModelDescriptor, made: ReturnType<typeof world>): Supervision {
  const { codes, train } = made;
  if (descriptor.outputs === undefined || descriptor.outputs.includes('classes')) {
    const objective = () => createMaskedCrossEntropy(codes, train, OUTPUTS);
    return { kind: 'classes', numOutputs: OUTPUTS, codes, targets: null, train, objective };
  }
  const targets = Float32Array.from(codes, (code) => code - 1);
  return {
    kind: 'value',
    numOutputs: 1,
    codes: new Int32Array(NODES).fill(-1),
    targets,
    train,
    objective: () => createMaskedRegression(targets, train, 'mse'),
  };
}

async function trained(model: Model, from: number, to: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = from; step <= to; step++) losses.push(await model.step(step, 0.01));
  return losses;
}

const outputOf = async (model: Model): Promise<number[]> => {
  const { output, embedding } = await model.predict(true);
  return [...(output ?? embedding ?? [])];
};

describe('registry', () => {
  it('lists every model file, and each says what it is and where it comes from', () => {
    const shared = [
      'attentionParameters.ts',
      'correctAndSmooth.ts',
      'gradientModel.ts',
      'index.ts',
      'labelSpreading.ts',
      'layeredNetwork.ts',
      'modelTypes.ts',
      'propagatedFeatures.ts',
      'readAttention.ts',
      'trainerParameters.ts',
    ];
    const files = readdirSync(resolve(import.meta.dirname)).filter(
      (name) => !name.endsWith('.test.ts') && !shared.includes(name),
    );
    expect(MODELS.all.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
    for (const { id, summary, source, tasks } of MODELS.all) {
      expect(id).toMatch(/^[a-z0-9-]+$/);
      expect(summary).toMatch(/\.$/);
      expect(source === 'standard' || /https:\/\//.test(source), `${id} names its source`).toBe(true);
      for (const task of tasks) expect(() => TASKS.get(task)).not.toThrow();
    }
    for (const {
      parameters,
      presets = [],
      tasks: [task = ''],
    } of MODELS.all) {
      const specs = [...parameters, ...TASKS.get(task).parameters];
      for (const preset of presets) expect(() => resolveValues(specs, preset.parameters)).not.toThrow();
      expect(new Set(specs.map(({ id }) => id)).size).toBe(specs.length);
    }
    for (const task of TASKS.all) expect(MODELS.get(task.defaultModel).tasks).toContain(task.id);
  });
});

describe.each(MODELS.all.map((descriptor) => [descriptor.id, descriptor] as const))(
  'model %s',
  (_, descriptor) => {
    beforeAll(async () => {
      await startBackend('wasm', nodeEngineHost(), { threads: 1 });
    });

    it('gives one finite row per node, also for the isolated one', async () => {
      await withModel(descriptor, world(), async (model) => {
        await trained(model, 1, 3);
        const { output, embedding, embeddingWidth } = await model.predict(true);
        if (output !== null) expect([NODES, NODES * OUTPUTS]).toContain(output.length);
        if (embedding !== null) expect(embedding.length).toBe(NODES * embeddingWidth);
        expect([...(output ?? []), ...(embedding ?? [])].every(Number.isFinite)).toBe(true);
      });
    });

    it('does the same for the same seed, and keeps the number of tensors flat', async () => {
      const run = () =>
        withModel(descriptor, world(), async (model) => {
          const losses = await trained(model, 1, 2);
          // What is computed once a run is there after the first prediction.
          await model.predict(true);
          const flat = memory().numTensors;
          losses.push(...(await trained(model, 3, 6)));
          await model.predict(true);
          expect(memory().numTensors).toBe(flat);
          return [...losses, ...(await outputOf(model))];
        });
      const before = memory().numTensors;
      const first = await run();
      expect(await run()).toEqual(first);
      expect(memory().numTensors).toBe(before);
    });

    it('goes on from its saved state bit for bit, also in a fresh instance', async () => {
      const { whole, saved } = await withModel(descriptor, world(), async (model) => {
        await trained(model, 1, 4);
        const state = structuredClone(await model.state());
        return { whole: [...(await trained(model, 5, 8)), ...(await outputOf(model))], saved: state };
      });
      const rest = await withModel(descriptor, world(), async (model) => {
        model.restore(saved);
        return [...(await trained(model, 5, 8)), ...(await outputOf(model))];
      });
      expect(rest).toEqual(whole);
    });

    it('goes back to what it was told to keep', async () => {
      await withModel(descriptor, world(), async (model) => {
        await trained(model, 1, 2);
        model.keepBest();
        const kept = await outputOf(model);
        await trained(model, 3, 6);
        model.restoreBest();
        expect(await outputOf(model)).toEqual(kept);
        await trained(model, 7, 8);
        model.restoreBest();
        expect(await outputOf(model)).toEqual(kept);
      });
    });

    it('refuses the state of another shape', async () => {
      if (descriptor.parameters.length === 0) return;
      await withModel(descriptor, world(), async (model) => {
        const state = await model.state();
        const wrong = {
          ...state,
          tensors: state.tensors.map((tensor) => ({ ...tensor, shape: [1, 1], values: new Float32Array(1) })),
        };
        expect(() => model.restore(wrong)).toThrow(
          expect.objectContaining({ name: 'ShapeError', code: 'model-state' }),
        );
      });
    });
  },
);

describe('gradient models on relabelled nodes', () => {
  const deterministic = MODELS.all.filter(({ family }) => family === 'gnn' || family === 'classical');
  it.each(deterministic.map((descriptor) => [descriptor.id, descriptor] as const))(
    '%s: f(PX, PAPᵀ) = P f(X, A)',
    async (_, descriptor) => {
      const order = Array.from({ length: NODES }, (_unused, node) => (node * 5 + 3) % NODES);
      const plain = await withModel(
        descriptor,
        world(),
        async (model) => (await model.predict(false)).output as Float32Array,
      );
      const moved = await withModel(
        descriptor,
        world(order),
        async (model) => (await model.predict(false)).output as Float32Array,
      );
      order.forEach((node, position) => {
        for (let c = 0; c < 3; c++)
          expect(moved[position * 3 + c]).toBeCloseTo(plain[node * 3 + c] as number, 5);
      });
    },
  );

  it('a thousand epochs of GCN leave as many tensors and buffers as the first', async () => {
    await withModel(MODELS.get('gcn'), world(), async (model) => {
      await trained(model, 1, 1);
      await model.predict(false);
      const { numTensors, numDataBuffers } = memory();
      for (let epoch = 2; epoch <= 1000; epoch++) {
        await model.step(epoch, 0.01);
        await model.predict(false);
      }
      expect([memory().numTensors, memory().numDataBuffers]).toEqual([numTensors, numDataBuffers]);
    });
  });

  it('GCN with two layers does not see beyond two hops', async () => {
    // 13 is isolated: changing its features must change nobody else's output.
    const changed = world(undefined, (node) => (node === LAST ? 99 : node));
    const gcn = MODELS.get('gcn');
    const before = await withModel(
      gcn,
      world(),
      async (model) => (await model.predict(false)).output as Float32Array,
    );
    const after = await withModel(
      gcn,
      changed,
      async (model) => (await model.predict(false)).output as Float32Array,
    );
    expect([...after.subarray(0, 3 * LAST)]).toEqual([...before.subarray(0, 3 * LAST)]);
    expect([...after.subarray(3 * LAST)]).not.toEqual([...before.subarray(3 * LAST)]);
  });
});

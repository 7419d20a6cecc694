import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import type { Column } from '../../core/columns.ts';
import type { Graph } from '../../core/graph.ts';
import { startBackend } from '../backend.ts';
import type { RunConfig } from '../runTypes.ts';
import { applyModel, type TrainedModel } from './applyModel.ts';
import { blocks, collect, config, resultOf } from './testBlocks.ts';

beforeAll(async () => {
  await startBackend('wasm', nodeEngineHost(), { threads: 1 });
});

async function train(
  graph: Graph,
  runConfig: RunConfig,
): Promise<{ trained: TrainedModel; scores: Float32Array | null }> {
  let trained: TrainedModel | null = null;
  let values: TrainedModel['values'] = {};
  const events = await collect(graph, runConfig, {
    onModel(state, artifact) {
      if (artifact !== null) trained = { config: runConfig, values, artifact, state };
    },
  });
  const started = events[0];
  if (started?.kind === 'started') values = started.run.config.parameters;
  if (trained === null) throw new Error('no model');
  return { trained: { ...(trained as TrainedModel), values }, scores: resultOf(events).scores };
}

const withoutLabel = (graph: Graph): Graph => ({
  ...graph,
  nodeTypes: graph.nodeTypes.map((type) => ({
    ...type,
    columns: type.columns.filter(({ name }) => name !== 'label'),
  })),
});

describe('applyModel', () => {
  const run = config({ features: ['signal'], parameters: { epochs: 60 } });

  it('gives the same probabilities on its own graph, through JSON', async () => {
    const graph = blocks();
    const { trained, scores } = await train(graph, run);
    const json = JSON.parse(JSON.stringify({ ...trained, state: null })) as TrainedModel;
    const { result, description } = await applyModel(graph, { ...json, state: trained.state }, 'test');
    expect(result.scores).toEqual(scores);
    expect(description.counts).toEqual({ train: 0, val: 0, test: 40 });
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.7);
  });

  it('predicts where no answer is known', async () => {
    const { trained } = await train(blocks(), run);
    const { result } = await applyModel(withoutLabel(blocks()), trained, 'test');
    expect(result.metrics).toEqual({ train: {}, val: {}, test: {} });
    expect(result.scores?.length).toBe(80);
    expect(result.verdict).toBe('The graph has no known answers to judge by.');
  });

  it('returns numbers in their own unit', async () => {
    const amount: Column = {
      kind: 'f32',
      name: 'amount',
      length: 40,
      validity: null,
      values: Float32Array.from({ length: 40 }, (_, node) => (node < 20 ? 100 : 300)),
    };
    const graph = blocks([amount]);
    const { trained } = await train(graph, {
      ...run,
      task: 'node-regression',
      target: 'amount',
      parameters: { epochs: 150, learningRate: 0.05 },
    });
    const { result } = await applyModel(graph, trained, 'test');
    expect(result.metrics.test.rmse).toBeLessThan(80);
    expect(Math.min(...(result.predictedValues ?? []))).toBeGreaterThan(-200);
  });

  it.each([
    ['label-propagation', ['signal'], 'learns from the labels of its own graph'],
    ['gcn', [], 'knows the nodes of its own graph one by one'],
  ])('refuses %s with features %j', async (model, features, words) => {
    const graph = blocks();
    const { trained } = await train(graph, { ...run, model, features, parameters: {} });
    await expect(applyModel(graph, trained, 'test')).rejects.toMatchObject({
      code: 'not-applicable',
      message: expect.stringContaining(words),
    });
  });

  it('names a column that the second graph lacks', async () => {
    const { trained } = await train(blocks(), run);
    const bare = blocks();
    const graph = { ...bare, nodeTypes: bare.nodeTypes.map((type) => ({ ...type, columns: [] })) };
    await expect(applyModel(graph, trained, 'test')).rejects.toMatchObject({
      message: expect.stringContaining("'signal'"),
    });
  });
});

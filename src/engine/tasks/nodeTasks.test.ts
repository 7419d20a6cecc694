/** What the node tasks offer beyond one class per node and the whole graph at once. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import type { Column } from '../../core/columns.ts';
import { startBackend } from '../backend.ts';
import type { RunDescription, RunEvent } from '../runTypes.ts';
import { blocks, category, collect, config, losses, resultOf } from '../training/testBlocks.ts';

const described = (events: readonly RunEvent[]): RunDescription => {
  const first = events[0];
  if (first?.kind !== 'started') throw new Error('the run did not start');
  return first.run;
};

const nodes = Array.from({ length: 40 }, (_, node) => node);
/** Ten times the block's sign, and some more per node; two are unknown. */
const amount: Column = {
  kind: 'f32',
  name: 'amount',
  length: 40,
  validity: null,
  values: Float32Array.from(nodes, (node) =>
    node === 6 || node === 7 ? Number.NaN : (node < 20 ? 10 : -10) + (node % 5),
  ),
};
const isLeft: Column = {
  kind: 'bool',
  name: 'left',
  length: 40,
  validity: null,
  values: Uint8Array.from(nodes, (node) => (node < 20 ? 1 : 0)),
};
const isRight: Column = {
  kind: 'bool',
  name: 'right',
  length: 40,
  validity: null,
  values: Uint8Array.from(nodes, (node) => (node < 20 ? 0 : 1)),
};

beforeAll(async () => {
  await startBackend('wasm', nodeEngineHost(), { threads: 1 });
});

describe('Predict value', () => {
  const run = config({
    task: 'node-regression',
    target: 'amount',
    model: 'gcn',
    features: ['signal'],
    parameters: { epochs: 150, learningRate: 0.05 },
  });

  it('learns numbers in standard units and judges them in their own, beside mean and features alone', async () => {
    const events = await collect(blocks([amount]), run);
    const result = resultOf(events);
    const { r2 = 0, rmse = Infinity } = result.metrics.test;
    expect(r2).toBeGreaterThan(0.5);
    expect(rmse).toBeLessThan(8);
    expect(result.outputKind).toBe('value');
    expect(described(events).valueRange).toEqual([-10, 14]);
    expect(result.predictedValues?.length).toBe(40);
    expect(result.trueValues?.[6]).toBeNaN();
    const [mean] = result.baselines;
    expect(mean?.id).toBe('mean-value');
    expect(mean?.metrics.test.r2).toBeLessThan(0.1);
    expect(result.verdict).toMatch(/^On \d+ test nodes 'amount' is off by /);
  });

  it.each(['mse', 'mae', 'huber'])('takes the loss %s', async (loss) => {
    const events = await collect(blocks([amount]), {
      ...run,
      parameters: { ...run.parameters, epochs: 40, loss },
    });
    const [first = 0] = losses(events);
    expect(losses(events).at(-1)).toBeLessThan(first);
  });

  it('shows snapshots as steps of the range', async () => {
    const events = await collect(blocks([amount]), run, { snapshotIntervalMs: 0 });
    const snapshot = events.findLast((event) => event.kind === 'snapshot');
    const codes = snapshot?.kind === 'snapshot' ? snapshot.codes : new Uint16Array(0);
    expect(Math.max(...codes)).toBeLessThanOrEqual(255);
    const average = (from: number) =>
      codes.subarray(from, from + 20).reduce((sum, code) => sum + code, 0) / 20;
    expect(average(0)).toBeGreaterThan(average(20) + 50);
  });

  it.each([
    ['label', "'label' of 'node' holds no numbers."],
    ['amont', "There is no node column 'amont'."],
  ])('refuses the target %s', async (target, message) => {
    await expect(collect(blocks([amount]), { ...run, target })).rejects.toMatchObject({
      code: 'target-column',
      message,
    });
  });
});

describe('several labels per node', () => {
  it('learns two yes/no columns together', async () => {
    const events = await collect(
      blocks([isLeft, isRight]),
      config({
        target: 'left,right',
        features: ['signal'],
        parameters: { epochs: 150, learningRate: 0.05, classWeights: true },
      }),
    );
    const result = resultOf(events);
    expect(described(events)).toMatchObject({ outputKind: 'labels', classes: ['left', 'right'] });
    expect(result.metrics.test.microF1).toBeGreaterThan(0.7);
    expect(result.perClass.map(({ name }) => name)).toEqual(['left', 'right']);
    expect(result.scores?.length).toBe(80);
    expect(result.truth).toBeNull();
  });

  it('refuses a column of words in the list', async () => {
    await expect(
      collect(
        blocks([
          isLeft,
          category(
            'word',
            nodes.map((node) => `w${node % 5}`),
            ['w0', 'w1', 'w2', 'w3', 'w4'],
          ),
        ]),
        config({ target: 'left,word' }),
      ),
    ).rejects.toMatchObject({
      code: 'target-column',
      message: "'word' holds no yes/no values, so it cannot be one of several labels.",
    });
  });
});

describe('one class per node', () => {
  it('weighs rare classes and hard nodes more on request', async () => {
    const rare = blocks([], (node) => (node % 10 === 0 || node % 10 === 4 ? 'a' : 'b'));
    const lossOf = async (parameters: Record<string, unknown>) =>
      losses(
        await collect(rare, config({ parameters: { epochs: 1, dropout: 0, ...parameters } as never })),
      )[0] as number;
    const plain = await lossOf({});
    expect(await lossOf({ classWeights: true })).not.toBeCloseTo(plain, 4);
    // (1 − p)² < 1: every term of the focal loss is smaller.
    expect(await lossOf({ focalGamma: 2 })).toBeLessThan(plain);
  });

  it.each(['macroF1', 'balancedAccuracy', 'rocAuc', 'prAuc', 'nll'])(
    'keeps the best epoch by %s',
    async (monitor) => {
      const result = resultOf(await collect(blocks(), config({ parameters: { epochs: 30, monitor } })));
      expect(result.bestEpoch).toBeGreaterThan(0);
      expect(result.temperature).toBeGreaterThan(0);
      expect(result.metrics.test.eceScaled).toBeGreaterThanOrEqual(0);
    },
  );

  it('hides the edges of held-out nodes while training when inductive, and uses them to judge', async () => {
    const events = await collect(blocks(), config({ parameters: { epochs: 60, inductive: true } }));
    expect(resultOf(events).metrics.test.accuracy).toBeGreaterThan(0.6);
    const transductive = await collect(blocks(), config({ parameters: { epochs: 60 } }));
    expect(losses(events)).not.toEqual(losses(transductive));
  });

  it('warns that identity features mean nothing for unseen nodes', async () => {
    const events = await collect(
      blocks(),
      config({ features: [], parameters: { epochs: 2, inductive: true } }),
    );
    expect(described(events).warnings.join(' ')).toContain('told apart by identity');
  });

  it.each([
    ['gcn', 'clusters'],
    ['sage', 'neighbours'],
    ['gat', 'neighbours'],
  ])('%s learns from %s', async (model, batching) => {
    const events = await collect(
      blocks(),
      config({ model, parameters: { epochs: 60, batching, batchSize: 8, fanOut: 5, patience: 0 } }),
    );
    expect(described(events).batching.kind).toBe(batching);
    expect(resultOf(events).metrics.test.accuracy).toBeGreaterThan(0.75);
  });

  it('is the same twice from mini-batches', async () => {
    const run = () =>
      collect(
        blocks(),
        config({ model: 'sage', parameters: { epochs: 5, batching: 'neighbours', batchSize: 4, fanOut: 3 } }),
      );
    expect(losses(await run())).toEqual(losses(await run()));
  });

  it('refuses what does not fit, with the number and what to change', async () => {
    await expect(
      collect(blocks(), config({ model: 'mlp', parameters: { epochs: 2, batching: 'full' } }), {
        memoryBudgetBytes: 1000,
      }),
    ).rejects.toMatchObject({ name: 'OutOfMemoryError', code: 'out-of-memory' });
  });

  it('takes optimisers, schedules, clipping and network options from the parameters', async () => {
    const lossesOf = async (parameters: Record<string, unknown>) =>
      losses(
        await collect(blocks(), config({ parameters: { epochs: 12, patience: 0, ...parameters } as never })),
      );
    const adam = await lossesOf({});
    for (const parameters of [
      { optimizer: 'adamw' },
      { optimizer: 'sgd' },
      { schedule: 'cosine' },
      { schedule: 'step' },
      { clipNorm: 0.01 },
      { edgeDropout: 0.5 },
      { normalisation: 'batch' },
      { normalisation: 'layer' },
      { layers: 3, residual: true },
      { layers: 3, jumpingKnowledge: 'concat' },
      { layers: 3, jumpingKnowledge: 'max' },
    ]) {
      expect(await lossesOf(parameters)).not.toEqual(adam);
    }
  });

  it('drops inputs where there are columns enough, and on request nowhere', async () => {
    const lossesOf = async (features: readonly string[], dropInputs: boolean) =>
      losses(await collect(blocks(), config({ features, parameters: { epochs: 3, dropInputs } })));
    // One column; then none, which tells 40 nodes apart by one column each.
    expect(await lossesOf(['signal'], true)).toEqual(await lossesOf(['signal'], false));
    expect(await lossesOf([], true)).not.toEqual(await lossesOf([], false));
  });
});

describe('columns left out by hand', () => {
  it('are not among the default features, and the run says so', async () => {
    const all = described(await collect(blocks(), config({ features: 'auto' })));
    const [column] = all.features;
    const leaveOut = [{ nodeType: 'node', column: column as string }];
    const fewer = described(await collect(blocks(), config({ features: 'auto', leaveOut })));
    expect(fewer.features).not.toContain(column);
    expect(fewer.leftOut).toContainEqual({ name: column, reason: 'hidden by hand' });
  });
});

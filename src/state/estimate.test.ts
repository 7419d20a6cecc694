import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OutOfMemoryError, WorkerCrashError } from '../core/errors.ts';
import type { RunConfig } from '../engine/runTypes.ts';
import type { WorkbenchClients } from '../workers/clients/workbenchClients.ts';
import type { RunEstimate } from '../workers/protocol.ts';
import { ESTIMATE_DELAY_MS, watchEstimate } from './commands/estimateCommands.ts';
import { createTrainingGraph } from './commands/trainingGraph.ts';
import { createWorkbenchStore, patch } from './store.ts';
import { testEngine, testTables } from './testEngine.ts';
import type { LoadedGraph } from './types.ts';

const graph = testTables();
const answer = (bytes: number): RunEstimate => ({
  memoryEstimateBytes: bytes,
  batching: { kind: 'full', reason: '' },
});

/** A store with a worker that answers when told to. */
function setting() {
  const asked: RunConfig[] = [];
  const pending: { resolve: (estimate: RunEstimate) => void; reject: (error: unknown) => void }[] = [];
  const sent: string[] = [];
  const service = {
    setGraph: (value: { version: string }) => Promise.resolve(void sent.push(value.version)),
    estimateRun(config: RunConfig) {
      asked.push(config);
      return new Promise<RunEstimate>((resolve, reject) => pending.push({ resolve, reject }));
    },
  };
  const training = { call: (use: (remote: typeof service) => unknown) => use(service) };
  const clients = { training } as unknown as WorkbenchClients;
  const store = createWorkbenchStore();
  watchEstimate({ store, clients }, createTrainingGraph(clients));
  patch(store, 'catalogue', { engine: testEngine });
  patch(store, 'compute', { status: 'ready' });
  patch(store, 'data', { loaded: { graph } as LoadedGraph });
  return { store, asked, pending, sent };
}

const settle = () => vi.advanceTimersByTimeAsync(ESTIMATE_DELAY_MS);

describe('the estimate of the next run', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is asked once the set-up rests, and remembered', async () => {
    const { store, asked, pending, sent } = setting();
    for (const seed of [1, 2, 3]) patch(store, 'setup', { seed });
    await settle();
    expect([asked.map((config) => config.seed), sent]).toEqual([[3], [graph.version]]);
    expect(asked[0]).not.toHaveProperty('preset');
    expect(store.getState().estimate).toEqual({ isPending: true, estimate: null, error: null });
    pending[0]?.resolve(answer(5));
    await settle();
    expect(store.getState().estimate).toEqual({ isPending: false, estimate: answer(5), error: null });
    patch(store, 'setup', { seed: 4 });
    patch(store, 'setup', { seed: 3 });
    await settle();
    expect(asked).toHaveLength(1);
  });

  it('asks only for what is wanted last, and shows no answer to an older question', async () => {
    const { store, asked, pending } = setting();
    await settle();
    for (const seed of [7, 8]) {
      patch(store, 'setup', { seed });
      await settle();
    }
    pending[0]?.resolve(answer(1));
    await settle();
    expect(asked.map((config) => config.seed)).toEqual([0, 8]);
    expect(store.getState().estimate).toEqual({ isPending: true, estimate: null, error: null });
    pending[1]?.resolve(answer(2));
    await settle();
    expect(store.getState().estimate.estimate).toEqual(answer(2));
  });

  it('says why a run would be refused', async () => {
    const { store, pending } = setting();
    await settle();
    pending[0]?.reject(new OutOfMemoryError('Too big.', { code: 'out-of-memory', remedy: 'Use less.' }));
    await settle();
    expect(store.getState().estimate).toMatchObject({
      estimate: null,
      error: { name: 'OutOfMemoryError', message: 'Too big.', remedy: 'Use less.' },
    });
  });

  it('keeps quiet while a run has the worker, and when the worker died', async () => {
    const { store, asked, pending } = setting();
    patch(store, 'run', { status: { kind: 'running', epoch: 1, stage: '' } });
    await settle();
    expect(asked).toEqual([]);
    patch(store, 'run', { status: { kind: 'finished', epoch: 9 } });
    await settle();
    pending[0]?.reject(new WorkerCrashError('Gone.', { code: 'worker-crash', remedy: '' }));
    await settle();
    expect(store.getState().estimate).toEqual({ isPending: false, estimate: null, error: null });
  });
});

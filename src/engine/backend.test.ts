/** Starting and choosing backends in Node, where WASM and CPU exist and GPUs do not. Browser: workers/engineHost.browser.test.ts. */
import { getBackend, memory } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nodeEngineHost } from '../cli/engineHost.ts';
import { BackendError, WorkbenchError } from '../core/errors.ts';
import { chooseBackend, startBackend, takeDeviceErrors } from './backend.ts';
import { createBenchmarkModel, measureEpochMs } from './backendBenchmark.ts';
import { recordDeviceError } from './backends/deviceErrors.ts';
import type { EngineHost } from './host.ts';
import type { BackendChoice } from './runTypes.ts';

const host = nodeEngineHost();

const caught = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'did not throw',
    (error: unknown) => error,
  );

describe('startBackend', () => {
  it('starts WASM, keeps it while the options stay, and starts it anew with others', async () => {
    const one = await startBackend('wasm', host, { threads: 1 });
    expect([one.label, one.threads, getBackend()]).toEqual(['WASM · SIMD', 1, 'wasm']);
    expect(await startBackend('wasm', host, { threads: 1 })).toBe(one);
    const two = await startBackend('wasm', host, { threads: 2 });
    expect([two.label, two.threads]).toEqual(['WASM · SIMD · 2 threads', 2]);
    one.dispose();
    expect(getBackend()).toBe('wasm');
    two.dispose();
  });

  it('uses one thread where memory cannot be shared', async () => {
    const started = await startBackend('wasm', { ...host, canShareMemory: false }, { threads: 2 });
    expect(started.threads).toBe(1);
    started.dispose();
  });

  it('puts back the Worker class and the process listeners that tfjs replaces', async () => {
    const before = [(globalThis as { Worker?: unknown }).Worker, process.listeners('uncaughtException')];
    const started = await startBackend('wasm', host, { threads: 2 });
    const after = [(globalThis as { Worker?: unknown }).Worker, process.listeners('uncaughtException')];
    expect(after).toEqual(before);
    started.dispose();
  });

  it('says why a backend is absent', async () => {
    expect(await caught(startBackend('webgpu', host))).toEqual(
      new BackendError('WebGPU did not start: there is no GPU adapter.', {
        code: 'backend-start',
        remedy: 'Choose WASM under Compute.',
        details: { requested: 'webgpu', reason: 'there is no GPU adapter.' },
      }),
    );
  });

  it('passes on why the kernels could not be loaded', async () => {
    const missing = new WorkbenchError('The compiled kernels are missing.', { code: 'x', remedy: 'y' });
    const broken: EngineHost = { ...host, loadKernelModule: () => Promise.reject(missing) };
    expect(await caught(startBackend('wasm', broken, { threads: 1 }))).toEqual(
      new BackendError('WASM did not start: The compiled kernels are missing.', {
        code: 'backend-start',
        remedy: 'Choose CPU under Compute.',
        details: { requested: 'wasm', reason: 'The compiled kernels are missing.' },
        cause: missing,
      }),
    );
  });
});

describe('startBackend with a device that does not answer', () => {
  afterEach(() => vi.useRealTimers());

  it('gives up after five seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const silent: EngineHost = { ...host, loadKernelModule: () => new Promise(() => undefined) };
    const starting = caught(startBackend('wasm', silent, { threads: 1 }));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await starting).toEqual(
      new BackendError('WASM did not start: no answer within 5 s.', {
        code: 'backend-start',
        remedy: 'Choose CPU under Compute.',
        details: { requested: 'wasm', reason: 'no answer within 5 s.' },
      }),
    );
  });
});

describe('chooseBackend', () => {
  it('measures WASM and names what is absent', async () => {
    const choice = await chooseBackend('auto', null, host);
    const [wasm] = choice.considered;
    expect(wasm?.epochMs).toBeGreaterThan(0);
    const absent = 'did not start (there is no GPU adapter)';
    const notOffered = 'did not start (it is not offered here)';
    expect(choice).toMatchObject({
      backend: 'wasm',
      reason: `WASM: ${wasm?.note}; WebGPU: ${absent}; WebGL: ${notOffered}.`,
      considered: [
        { backend: 'wasm', note: `${wasm?.epochMs?.toFixed(1)} ms per small epoch` },
        { backend: 'webgpu', epochMs: null, note: absent },
        { backend: 'webgl', epochMs: null, note: notOffered },
      ],
    });
    expect(getBackend()).toBe('wasm');
  });

  it('takes a named backend without measuring', async () => {
    expect(await chooseBackend('cpu', null, host)).toEqual({
      backend: 'cpu',
      label: 'CPU · JavaScript',
      threads: 1,
      reason: 'CPU is your choice.',
      considered: [{ backend: 'cpu', epochMs: null, note: 'not measured' }],
    });
  });

  it('stands in for a named backend that does not start, and says so', async () => {
    const choice = await chooseBackend('webgpu', null, host);
    expect([choice.backend, choice.reason]).toEqual([
      'wasm',
      'WebGPU did not start (there is no GPU adapter). WASM is used instead.',
    ]);
  });

  it('repeats a remembered choice with its reason', async () => {
    const remembered: BackendChoice = {
      backend: 'cpu',
      label: 'old',
      reason: 'Measured on Monday.',
      threads: 9,
      considered: [{ backend: 'cpu', epochMs: 3, note: '3.0 ms per small epoch' }],
    };
    const choice = await chooseBackend('auto', remembered, host);
    expect(choice).toEqual({ ...remembered, label: 'CPU · JavaScript', threads: 1 });
  });

  it('measures anew when the remembered backend is gone', async () => {
    const remembered = { backend: 'webgl', label: '', reason: 'old', threads: 1, considered: [] } as const;
    const choice = await chooseBackend('auto', remembered, host);
    expect([choice.backend, choice.considered.length]).toEqual(['wasm', 3]);
  });
});

describe('the benchmark model', () => {
  const tiny = {
    numNodes: 60,
    arcsPerNode: 4,
    inChannels: 30,
    featuresPerNode: 5,
    hiddenChannels: 8,
    numClasses: 3,
  };

  function losses(epochs: number): number[] {
    const model = createBenchmarkModel(tiny);
    const values = Array.from({ length: epochs }, () => {
      const loss = model.epoch();
      const [value] = loss.dataSync();
      loss.dispose();
      return value as number;
    });
    model.dispose();
    return values;
  }

  it('learns, repeats itself bit for bit and leaves no tensor behind', async () => {
    const backend = await startBackend('wasm', host, { threads: 1 });
    const before = memory().numTensors;
    const first = losses(60);
    expect(first.at(-1)).toBeLessThan((first[0] as number) - 0.01);
    expect(losses(60)).toEqual(first);
    expect(await measureEpochMs(() => performance.now(), 1500)).toBeGreaterThan(0);
    expect(memory().numTensors).toBe(before);
    backend.dispose();
  });

  it('agrees between WASM and plain JavaScript', async () => {
    const wasm = await startBackend('wasm', host, { threads: 2 });
    const expected = losses(5);
    wasm.dispose();
    await startBackend('cpu', host);
    losses(5).forEach((loss, epoch) => expect(loss).toBeCloseTo(expected[epoch] as number, 4));
  });
});

describe('takeDeviceErrors', () => {
  it('returns what devices reported since the last call', () => {
    recordDeviceError('device-lost', 'The WebGPU device was lost: gone.');
    expect(takeDeviceErrors()).toEqual([
      new BackendError('The WebGPU device was lost: gone.', {
        code: 'device-lost',
        remedy: 'Choose WASM under Compute and train again.',
      }),
    ]);
    expect(takeDeviceErrors()).toEqual([]);
  });
});

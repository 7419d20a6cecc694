/**
 * Weighing a GPU against WASM by the size of the graph, with a device that starts in Node and epochs of given length: the
 * real ones are measured in backend.test.ts.
 */
import { copyRegisteredKernels, getBackend, type KernelBackend } from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeEngineHost } from '../cli/engineHost.ts';
import { chooseBackend } from './backend.ts';
import type { BenchmarkSize } from './backendBenchmark.ts';
import type { DeviceStart } from './backends/backendStart.ts';
import { expectedEpochMs, type Workload } from './backendRanking.ts';

/** Small and large epoch by backend; an error instead of a number is thrown. */
const epochs = vi.hoisted(() => ({
  ms: {} as Record<string, readonly [number, number | Error]>,
  asked: [] as string[],
}));

vi.mock('./backendBenchmark.ts', async (original) => ({
  ...(await original<typeof import('./backendBenchmark.ts')>()),
  measureEpochMs: (_now: () => number, _limitMs: number, { numNodes }: BenchmarkSize): Promise<number> => {
    const size = numNodes > 10_000 ? 1 : 0;
    epochs.asked.push(`${getBackend()} ${size === 0 ? 'small' : 'large'}`);
    const given = epochs.ms[getBackend()]?.[size] ?? new Error('not given');
    return typeof given === 'number' ? Promise.resolve(given) : Promise.reject(given);
  },
}));

const device = vi.hoisted(() => ({ isSoftware: false }));

vi.mock('./backends/webgl.ts', () => ({
  startDevice: (): Promise<DeviceStart> =>
    Promise.resolve({
      device: new MathBackendCPU() as KernelBackend,
      label: 'WebGL · test',
      threads: 1,
      isSoftware: device.isSoftware,
      dispose: () => undefined,
      registerKernels: () => copyRegisteredKernels('cpu', 'webgl'),
    }),
}));

const host = nodeEngineHost();
const SMALL: Workload = { numArcs: 10_000, hidden: 16 };
const MIDDLE: Workload = { numArcs: 100_000, hidden: 16 };
const LARGE: Workload = { numArcs: 2_000_000, hidden: 64 };

describe('chooseBackend with a GPU', () => {
  beforeEach(() => {
    epochs.asked = [];
    epochs.ms = { wasm: [2, 100], webgl: [8, 20] };
    device.isSoftware = false;
  });

  it('takes WASM for a small graph and the GPU for a large one', async () => {
    const small = await chooseBackend('auto', null, host, SMALL);
    expect(small).toMatchObject({
      backend: 'wasm',
      reason:
        'WASM: 2.0 ms per small epoch, 100.0 ms per large one; ' +
        'WebGPU: did not start (there is no GPU adapter); ' +
        'WebGL: 8.0 ms per small epoch, 20.0 ms per large one. ' +
        'Chosen by the small epoch, for 10,000 messages of 16 units.',
    });
    expect(small.considered.map(({ epochMs, largeEpochMs }) => [epochMs, largeEpochMs])).toEqual([
      [2, 100],
      [null, undefined],
      [8, 20],
    ]);
    const large = await chooseBackend('auto', null, host, LARGE);
    expect([large.backend, large.label, getBackend()]).toEqual(['webgl', 'WebGL · test', 'webgl']);
    expect(large.reason).toMatch(
      /^WebGL: .+ Chosen by the large epoch, for 2,000,000 messages of 64 units\.$/,
    );
  });

  it('weighs sizes between by the line through both', async () => {
    epochs.ms = { wasm: [2, 80], webgl: [8, 20] };
    const choice = await chooseBackend('auto', null, host, MIDDLE);
    expect(choice.backend).toBe('wasm');
    expect(choice.reason).toMatch(
      / Chosen between the small and the large epoch, for 100,000 messages of 16 units\.$/,
    );
    epochs.ms = { wasm: [2, 200], webgl: [8, 20] };
    expect((await chooseBackend('auto', null, host, MIDDLE)).backend).toBe('webgl');
  });

  it('goes by the small epoch while no graph is known, and by the remembered figures once it is', async () => {
    const first = await chooseBackend('auto', null, host);
    expect(first.backend).toBe('wasm');
    expect(first.reason).toMatch(/ Chosen by the small epoch: the graph is not known yet\.$/);
    const remembered = structuredClone(first);
    epochs.asked = [];
    const large = await chooseBackend('auto', remembered, host, LARGE);
    expect([large.backend, large.label, epochs.asked]).toEqual(['webgl', 'WebGL · test', []]);
    const small = await chooseBackend('auto', large, host, SMALL);
    expect([small.backend, getBackend(), epochs.asked]).toEqual(['wasm', 'wasm', []]);
    expect(await chooseBackend('auto', large, host)).toEqual(large);
  });

  it('passes a GPU over for a large graph when it could not do the large epoch', async () => {
    epochs.ms = { wasm: [2, 100], webgl: [1, new Error('out of memory.')] };
    expect((await chooseBackend('auto', null, host, SMALL)).backend).toBe('webgl');
    const large = await chooseBackend('auto', null, host, LARGE);
    expect(large.backend).toBe('wasm');
    expect(large.reason).toContain('WebGL: 1.0 ms per small epoch, the large one failed (out of memory)');
  });

  it('does not measure the large epoch when the only GPU is emulated', async () => {
    device.isSoftware = true;
    const choice = await chooseBackend('auto', null, host, LARGE);
    expect([choice.backend, epochs.asked]).toEqual(['wasm', ['wasm small']]);
    expect(choice.reason).toMatch(/WebGL: software adapter, not measured\.$/);
  });
});

describe('expectedEpochMs', () => {
  const entry = { backend: 'webgpu', epochMs: 4, largeEpochMs: 40, note: '' } as const;

  it('is level below the small epoch, exact at both, and goes on along the line', () => {
    expect(expectedEpochMs(entry, { numArcs: 1, hidden: 1 })).toBe(4);
    expect(expectedEpochMs(entry, { numArcs: 16_000, hidden: 16 })).toBe(4);
    expect(expectedEpochMs(entry, { numArcs: 300_000, hidden: 64 })).toBeCloseTo(40, 9);
    const twice = expectedEpochMs(entry, { numArcs: 600_000, hidden: 64 });
    expect(twice).toBeGreaterThan(76);
    expect(twice).toBeLessThan(77);
  });

  it('never falls with the size, and is infinite for what was not measured', () => {
    expect(expectedEpochMs({ ...entry, largeEpochMs: 3 }, LARGE)).toBe(4);
    expect(expectedEpochMs({ ...entry, epochMs: null }, LARGE)).toBe(Infinity);
    expect(expectedEpochMs({ ...entry, largeEpochMs: null }, LARGE)).toBe(Infinity);
    expect(expectedEpochMs({ ...entry, largeEpochMs: null }, SMALL)).toBe(4);
  });
});

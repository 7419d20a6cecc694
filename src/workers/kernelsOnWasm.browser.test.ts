/**
 * Every compiled kernel in a real browser: on one thread against the references, and in a worker on two threads against
 * the bits of one. (Node runs the same contracts on one and two threads; the page's main thread may not wait for others.)
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedBackend, startBackend } from '../engine/backend.ts';
import { additiveAttentionContract } from '../engine/kernels/additiveAttention/additiveAttentionContract.ts';
import { denseContract } from '../engine/kernels/dense/denseContract.ts';
import { dropoutContract } from '../engine/kernels/dropout/dropoutContract.ts';
import { gatherRowsContract } from '../engine/kernels/gatherRows/gatherRowsContract.ts';
import { maskedCrossEntropyContract } from '../engine/kernels/maskedCrossEntropy/maskedCrossEntropyContract.ts';
import { pairAttentionContract } from '../engine/kernels/pairAttention/pairAttentionContract.ts';
import { sddmmContract } from '../engine/kernels/sddmm/sddmmContract.ts';
import { segmentSoftmaxContract } from '../engine/kernels/segmentSoftmax/segmentSoftmaxContract.ts';
import { entryValuesContract } from '../engine/kernels/spmm/entryValuesContract.ts';
import { spmmContract } from '../engine/kernels/spmm/spmmContract.ts';
import { spmmMaxContract } from '../engine/kernels/spmmMax/spmmMaxContract.ts';
import { browserEngineHost } from './engineHost.ts';

const CONTRACTS = {
  additiveAttention: additiveAttentionContract,
  dense: denseContract,
  dropout: dropoutContract,
  gatherRows: gatherRowsContract,
  maskedCrossEntropy: maskedCrossEntropyContract,
  pairAttention: pairAttentionContract,
  sddmm: sddmmContract,
  segmentSoftmax: segmentSoftmaxContract,
  spmm: spmmContract,
  'spmm with values': entryValuesContract,
  spmmMax: spmmMaxContract,
};

describe('kernels on wasm, one thread', () => {
  let backend: StartedBackend;
  beforeAll(async () => {
    backend = await startBackend('wasm', browserEngineHost(), { threads: 1 });
  });
  afterAll(() => backend.dispose());
  for (const [name, contract] of Object.entries(CONTRACTS)) describe(name, contract);
});

/** Name of the computation → its bits, from the worker at that number of threads. */
function battery(threads: number): Promise<Record<string, Uint32Array>> {
  const worker = new Worker(new URL('./__fixtures__/kernelBattery.worker.ts', import.meta.url), {
    type: 'module',
  });
  return new Promise<Record<string, Uint32Array>>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Record<string, Uint32Array> | string>) =>
      typeof data === 'string' ? reject(new Error(data)) : resolve(data),
    );
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.postMessage(threads);
  }).finally(() => worker.terminate());
}

describe('kernels on wasm in a worker', () => {
  it('give the bits of one thread on two threads, forwards and backwards', async () => {
    const [one, two] = [await battery(1), await battery(2)];
    expect(Object.keys(two).length).toBeGreaterThan(10);
    for (const [name, bits] of Object.entries(one)) {
      const other = two[name] as Uint32Array;
      expect(other.length, name).toBe(bits.length);
      expect(
        bits.findIndex((word, at) => word !== other[at]),
        name,
      ).toBe(-1);
    }
  });
});

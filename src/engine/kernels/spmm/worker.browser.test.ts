/** Both kernels in a module worker, where the product runs them. */
import { describe, expect, it } from 'vitest';
import { probabilityThreshold } from '../../../core/random.ts';
import { dropoutReference } from '../dropout/reference.ts';
import { KITE, spmmDisagreement, WORKER_DROPOUT } from '../kernelCases.ts';
import { TEST_BACKENDS, type TestBackend } from '../testBackend.ts';
import type { TestWorkerReply } from '../testWorker.ts';

function runInWorker(name: TestBackend): Promise<TestWorkerReply> {
  const worker = new Worker(new URL('../testWorker.ts', import.meta.url), { type: 'module' });
  return new Promise<TestWorkerReply>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<TestWorkerReply>) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(name);
  }).finally(() => worker.terminate());
}

describe('graph kernels in a module worker', () => {
  it.for(TEST_BACKENDS)('%s', async (name, { skip }) => {
    const reply = await runInWorker(name);
    skip(reply.absent !== null, `${name} is absent: ${reply.absent}`);
    const { rowPtr, colIndex, values } = KITE.matrix;
    const stored = values as Float32Array;
    expect(spmmDisagreement(reply.product, rowPtr, colIndex, stored, null, KITE.x, 2)).toBeNull();
    // Scale 2 is exact in float32, so the values are too.
    const { rate, key } = WORKER_DROPOUT;
    expect(reply.dropped).toEqual(
      dropoutReference(WORKER_DROPOUT.values, key, probabilityThreshold(rate), 2),
    );
    expect(reply.deviceErrors).toEqual([]);
  });
});

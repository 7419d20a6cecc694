/** A module worker that runs both kernels on one backend and posts what they gave. Tests only. */
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { counterDropout } from './dropout/op.ts';
import { KITE, WORKER_DROPOUT } from './kernelCases.ts';
import { spmm } from './spmm/op.ts';
import { uploadSparse } from './sparseTensors.ts';
import { startBackend, takeDeviceErrors, type TestBackend } from './testBackend.ts';

export interface TestWorkerReply {
  readonly absent: string | null;
  readonly product: Float32Array;
  readonly dropped: Float32Array;
  readonly deviceErrors: readonly string[];
}

async function run(name: TestBackend): Promise<TestWorkerReply> {
  const absent = await startBackend(name);
  const nothing = new Float32Array(0);
  if (absent !== null) return { absent, product: nothing, dropped: nothing, deviceErrors: [] };
  const product = spmm(uploadSparse(KITE.matrix), tensor2d(KITE.x, [4, 2]));
  const { values, rate, key } = WORKER_DROPOUT;
  const dropped = counterDropout(tensor1d(values), rate, key);
  return {
    absent,
    product: (await product.data()) as Float32Array,
    dropped: (await dropped.data()) as Float32Array,
    deviceErrors: await takeDeviceErrors(name),
  };
}

self.onmessage = async ({ data }: MessageEvent<TestBackend>) => self.postMessage(await run(data));

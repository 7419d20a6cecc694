/** Entry of a kernel thread in Node; bundled to build/kernels/kernelThread.mjs. All it does is in kernels/kernelThread.ts. */
import { parentPort } from 'node:worker_threads';
import { type KernelThreadStart, serveKernelThread } from '../engine/kernels/kernelThread.ts';

parentPort?.once('message', (start: KernelThreadStart) => {
  // A rejection ends this thread as an uncaught error; the pool then gives it up.
  void serveKernelThread(start, (message) => parentPort?.postMessage(message));
});

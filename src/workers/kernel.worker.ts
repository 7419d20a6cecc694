/** Entry of a kernel thread in the browser. All it does is in engine/kernels/kernelThread.ts. */
import { type KernelThreadStart, serveKernelThread } from '../engine/kernels/kernelThread.ts';

self.addEventListener('message', (event: MessageEvent<KernelThreadStart>) => {
  // A rejection ends in the owner's time limit; the pool then gives this thread up.
  void serveKernelThread(event.data, (message) => self.postMessage(message));
});

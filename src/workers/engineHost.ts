/**
 * The browser's answers to the engine: binaries as assets, kernel threads as nested workers.
 * NOTE: `no-inline`, because the kernels are small enough for a data URL, which the content policy refuses to fetch.
 */
import plainKernels from '../../build/kernels/kernels.wasm?url&no-inline';
import sharedKernels from '../../build/kernels/kernels-shared.wasm?url&no-inline';
import tfjsSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import tfjsThreaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import tfjsPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import type { EngineHost, KernelThread, WorkerClass } from '../engine/host.ts';

export function browserEngineHost(): EngineHost {
  return {
    wasmPaths: {
      'tfjs-backend-wasm.wasm': tfjsPlain,
      'tfjs-backend-wasm-simd.wasm': tfjsSimd,
      'tfjs-backend-wasm-threaded-simd.wasm': tfjsThreaded,
    },
    canShareMemory: globalThis.crossOriginIsolated && typeof SharedArrayBuffer === 'function',
    hardwareThreads: Math.max(1, navigator.hardwareConcurrency),
    loadKernelModule: (kind) =>
      WebAssembly.compileStreaming(fetch(kind === 'shared' ? sharedKernels : plainKernels)),
    spawnKernelThread,
    replaceWorkerClass(standIn: WorkerClass) {
      const scope = globalThis as { Worker: unknown };
      const original = scope.Worker;
      scope.Worker = standIn;
      return () => {
        scope.Worker = original;
      };
    },
    now: () => performance.now(),
  };
}

function spawnKernelThread(): KernelThread {
  const worker = new Worker(new URL('./kernel.worker.ts', import.meta.url), { type: 'module' });
  return {
    postMessage: (message) => worker.postMessage(message),
    listen(listener) {
      worker.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data));
      worker.addEventListener('error', listener);
    },
    terminate: () => worker.terminate(),
  };
}

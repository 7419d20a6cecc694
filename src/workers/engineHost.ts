/** The browser's answers to the engine: binaries as assets, kernel threads as nested workers. */
import plainKernels from '../../build/kernels/kernels.wasm?url';
import sharedKernels from '../../build/kernels/kernels-shared.wasm?url';
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
    canShareMemory: globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function',
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
  const thread: KernelThread = {
    onmessage: null,
    postMessage: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
  worker.onmessage = (event: MessageEvent<unknown>) => thread.onmessage?.(event.data);
  worker.onerror = (event) => thread.onmessage?.(event);
  return thread;
}

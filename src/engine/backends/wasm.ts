/**
 * WebAssembly with SIMD and, where memory can be shared, kernel threads of our own.
 * The threaded build of tfjs is used for its shared heap alone: it starts pthreads from `factory.toString()`, which
 * minification breaks and our content policy refuses, so while it starts the Worker class is an idle stand-in. tfjs itself
 * stays single-threaded.
 */
import { type BackendWasm, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';
import type { EngineHost } from '../host.ts';
import { linkKernels } from '../kernels/kernelModule.ts';
import { createKernelRuntime } from '../kernels/kernelRuntime.ts';
import { canWait, startThreadPool } from '../kernels/threadPool.ts';
import { registerWasmKernels } from '../kernels/wasmKernels.ts';
import type { DeviceStart, DeviceStarter } from './backendStart.ts';
import { stockDevice } from './stockDevice.ts';

const DEFAULT_MAX_THREADS = 4;

export const startDevice: DeviceStarter = async (host, options): Promise<DeviceStart> => {
  const wished = options.threads ?? Math.min(host.hardwareThreads, DEFAULT_MAX_THREADS);
  const spawn = host.spawnKernelThread?.bind(host);
  const isShared = wished > 1 && host.canShareMemory && spawn !== undefined && canWait();
  const device = await startTfjs(host, isShared);
  const memory = heapOf(device);
  const module = await host.loadKernelModule(isShared ? 'shared' : 'plain');
  const kernels = await linkKernels(module, memory);
  const pool = isShared ? await startThreadPool(spawn, module, memory, kernels, wished) : null;
  const threads = pool?.threads ?? 1;
  return {
    device,
    label: threads > 1 ? `WASM · SIMD · ${threads} threads` : 'WASM · SIMD',
    threads,
    isSoftware: false,
    registerKernels: () => registerWasmKernels(createKernelRuntime(kernels, memory, pool)),
    dispose: () => pool?.dispose(),
  };
};

async function startTfjs(host: EngineHost, isShared: boolean): Promise<BackendWasm> {
  setWasmPaths({ ...host.wasmPaths });
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', isShared);
  if (!isShared) return (await stockDevice('wasm')) as BackendWasm;
  setThreadsCount(1);
  const restore = host.replaceWorkerClass(IdleWorker);
  try {
    return (await stockDevice('wasm')) as BackendWasm;
  } finally {
    restore();
  }
}

/** The heap's memory: `wasmMemory` in the threaded build, an export in the plain one. */
function heapOf(device: BackendWasm): WebAssembly.Memory {
  const module = device.wasm as unknown as {
    readonly wasmMemory?: WebAssembly.Memory;
    readonly asm: { readonly memory: WebAssembly.Memory };
  };
  return module.wasmMemory ?? module.asm.memory;
}

/** Answers the one message pthread start-up waits for, and does nothing else. */
class IdleWorker {
  onmessage: ((event: { data: { cmd: string } }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;

  postMessage(message: { readonly cmd: string }): void {
    if (message.cmd === 'load') queueMicrotask(() => this.onmessage?.({ data: { cmd: 'loaded' } }));
  }

  terminate(): void {}
  on(): void {}
  ref(): void {}
  unref(): void {}
}

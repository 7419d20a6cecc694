/**
 * What the embedding program supplies so that the same engine runs in a browser worker, in Node and in tests. The engine
 * itself knows neither the DOM nor Node. Implementations: workers/engineHost.ts and cli/engineHost.ts.
 */

/** A worker that serves kernels on the shared heap (kernels/kernelThread.ts). */
export interface KernelThread {
  postMessage(message: unknown): void;
  /** Calls `listener` with the data of each message, and with the error event when the thread fails. */
  listen(listener: (data: unknown) => void): void;
  terminate(): void;
}

/** Class that takes the place of `Worker` while TensorFlow.js starts (backends/wasm.ts). */
export type WorkerClass = new (...args: never[]) => object;

/** Locations of the three binaries of tfjs-backend-wasm, by the name it asks for. */
export interface TfjsWasmPaths {
  readonly 'tfjs-backend-wasm.wasm': string;
  readonly 'tfjs-backend-wasm-simd.wasm': string;
  readonly 'tfjs-backend-wasm-threaded-simd.wasm': string;
}

export interface EngineHost {
  readonly wasmPaths: TfjsWasmPaths;
  /** Whether WebAssembly memory can be shared between threads here (cross-origin isolation, or Node). */
  readonly canShareMemory: boolean;
  /** Logical processors, at least 1. */
  readonly hardwareThreads: number;
  /** Compiles build/kernels/kernels.wasm (`plain`) or kernels-shared.wasm (`shared`). */
  loadKernelModule(kind: 'plain' | 'shared'): Promise<WebAssembly.Module>;
  /** Starts a kernel thread; absent where threads cannot be started. */
  spawnKernelThread?(): KernelThread;
  /** Makes `standIn` the Worker class that newly loaded glue code finds; returns what undoes it. */
  replaceWorkerClass(standIn: WorkerClass): () => void;
  /** Milliseconds of a monotonic clock. */
  now(): number;
}

/**
 * Node's answers to the engine: files of the project found upwards from the working directory (or GRAPHWRIGHT_ROOT),
 * threads by worker_threads. Used by the headless runner and by unit tests.
 */
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { WorkbenchError } from '../core/errors.ts';
import type { EngineHost, KernelThread, WorkerClass } from '../engine/host.ts';

/** Folder whose package.json is Graphwright's. @throws {WorkbenchError} there is none at or above the working directory */
export function projectRoot(): string {
  const named = process.env['GRAPHWRIGHT_ROOT'];
  if (named !== undefined) return named;
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown };
      if (name === 'graphwright') return folder;
    }
    if (folder === dirname(folder)) break;
  }
  throw new WorkbenchError(`No Graphwright project at or above ${process.cwd()}.`, {
    code: 'project-root',
    remedy: 'Run the command inside the project folder, or set GRAPHWRIGHT_ROOT to it.',
  });
}

export function nodeEngineHost(root: string = projectRoot()): EngineHost {
  const tfjs = (name: string): string =>
    join(root, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist', name);
  const built = (name: string): string => join(root, 'build', 'kernels', name);
  return {
    wasmPaths: {
      'tfjs-backend-wasm.wasm': tfjs('tfjs-backend-wasm.wasm'),
      'tfjs-backend-wasm-simd.wasm': tfjs('tfjs-backend-wasm-simd.wasm'),
      'tfjs-backend-wasm-threaded-simd.wasm': tfjs('tfjs-backend-wasm-threaded-simd.wasm'),
    },
    canShareMemory: true,
    hardwareThreads: availableParallelism(),
    loadKernelModule: (kind) =>
      compileKernels(built(kind === 'shared' ? 'kernels-shared.wasm' : 'kernels.wasm')),
    spawnKernelThread: () => spawnKernelThread(built('kernelThread.mjs')),
    replaceWorkerClass,
    now: () => performance.now(),
  };
}

async function compileKernels(path: string): Promise<WebAssembly.Module> {
  if (!existsSync(path)) {
    throw new WorkbenchError(`The compiled kernels are missing: ${path}.`, {
      code: 'kernels-missing',
      remedy: 'Run npm run build:kernels.',
    });
  }
  return WebAssembly.compile(await readFile(path));
}

/** The thread does not keep the process alive; its entry is bundled by scripts/buildKernels.mjs. */
function spawnKernelThread(path: string): KernelThread {
  const worker = new Worker(path);
  return {
    postMessage: (message) => worker.postMessage(message),
    listen(listener) {
      worker.on('message', listener);
      worker.on('error', listener);
      // After `on`, which makes the thread count again.
      worker.unref();
    },
    terminate: () => void worker.terminate(),
  };
}

/**
 * The glue takes Worker from worker_threads, makes it a global and adds process listeners that rethrow whatever goes
 * wrong anywhere, after printing its own source. All three are undone.
 */
function replaceWorkerClass(standIn: WorkerClass): () => void {
  const threads = createRequire(join(process.cwd(), 'noop.js'))('node:worker_threads') as { Worker: unknown };
  const scope = globalThis as { Worker?: unknown };
  const original = threads.Worker;
  const hadGlobal = 'Worker' in scope;
  const globalWorker = scope.Worker;
  const events = ['uncaughtException', 'unhandledRejection'];
  const listeners = events.map((event) => process.listeners(event as 'uncaughtException'));
  threads.Worker = standIn;
  return () => {
    threads.Worker = original;
    if (hadGlobal) scope.Worker = globalWorker;
    else delete scope.Worker;
    events.forEach((event, at) => {
      for (const listener of process.listeners(event as 'uncaughtException')) {
        if (listeners[at]?.includes(listener) !== true) process.removeListener(event, listener);
      }
    });
  };
}

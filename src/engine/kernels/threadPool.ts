/**
 * Kernel threads on the shared heap. A call is handed out through a control block and awaited synchronously: the engine
 * runs in a worker (or Node), where waiting is allowed. A thread that does not answer is given up with all others, its
 * part is done here, and the run goes on single-threaded: nothing hangs.
 */
import type { KernelThread } from '../host.ts';
import {
  CONTROL_BYTES,
  type ControlBlock,
  controlBlock,
  type KernelThreadStart,
  MAX_THREADS,
} from './kernelThread.ts';
import { KERNEL_NAMES, type KernelFunctions, type KernelName } from './kernelModule.ts';

const START_LIMIT_MS = 3000;
/** How long a part may take beyond ten times the owner's part. */
const LOST_AFTER_MS = 2000;
/** Polls before sleeping: parts are balanced, so the others usually finish within microseconds. */
const SPINS = 20_000;

export interface ThreadPool {
  /** Threads that take part, the owner included; 1 after a loss or `dispose`. */
  readonly threads: number;
  /** Runs part p of the call over [bounds[p], bounds[p + 1]) on thread p; returns when all parts are done. */
  run(kernel: KernelName, args: readonly number[], bounds: readonly number[]): void;
  dispose(): void;
}

/** Whether this thread may block; browsers refuse it to the main thread. */
export function canWait(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts `threads − 1` threads and links them to the heap; null when none answers within 3 s or waiting is not allowed.
 * @param threads wished number, the calling thread included; at most 16 are used
 */
export async function startThreadPool(
  spawn: () => KernelThread,
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  kernels: KernelFunctions,
  threads: number,
): Promise<ThreadPool | null> {
  if (threads < 2 || !canWait()) return null;
  const control = new SharedArrayBuffer(CONTROL_BYTES);
  const wished = Math.min(threads, MAX_THREADS);
  const workers: KernelThread[] = [];
  const starting: Promise<boolean>[] = [];
  for (let part = 1; part < wished; part++) {
    const worker = spawn();
    workers.push(worker);
    starting.push(startThread(worker, { module, memory, control, part }));
  }
  const ready = await Promise.all(starting);
  // Parts are numbered without gaps, so one that failed to start ends the row.
  const usable = ready.includes(false) ? ready.indexOf(false) : ready.length;
  for (const worker of workers.splice(usable)) worker.terminate();
  return usable === 0 ? null : createPool(workers, controlBlock(control), kernels);
}

function startThread(worker: KernelThread, start: KernelThreadStart): Promise<boolean> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => resolve(false), START_LIMIT_MS);
    worker.listen((data) => {
      clearTimeout(limit);
      resolve(data === 'ready');
    });
    worker.postMessage(start);
  });
}

function createPool(
  workers: readonly KernelThread[],
  { call, finished, args, bounds }: ControlBlock,
  kernels: KernelFunctions,
): ThreadPool {
  let threads = workers.length + 1;
  let current = 0;
  const dispose = (): void => {
    threads = 1;
    for (const worker of workers) worker.terminate();
  };
  return {
    get threads() {
      return threads;
    },
    run(kernel, kernelArgs, partBounds) {
      args.set(kernelArgs);
      bounds.set(partBounds);
      call[1] = KERNEL_NAMES.indexOf(kernel);
      call[2] = kernelArgs.length;
      current = (current + 1) | 0;
      Atomics.store(call, 0, current);
      Atomics.notify(call, 0);
      const startedMs = performance.now();
      kernels[kernel](...kernelArgs, partBounds[0] as number, partBounds[1] as number);
      const ownMs = performance.now() - startedMs;
      const deadlineMs = performance.now() + LOST_AFTER_MS + 10 * ownMs;
      const lost: number[] = [];
      for (let part = 1; part < partBounds.length - 1; part++) {
        if (!awaitPart(finished, part, current, deadlineMs)) lost.push(part);
      }
      if (lost.length === 0) return;
      dispose();
      for (const part of lost) {
        kernels[kernel](...kernelArgs, partBounds[part] as number, partBounds[part + 1] as number);
      }
    },
    dispose,
  };
}

/** Returns whether the part finished the call before the deadline. */
function awaitPart(finished: Int32Array, part: number, current: number, deadlineMs: number): boolean {
  for (let spin = 0; spin < SPINS; spin++) {
    if (Atomics.load(finished, part) === current) return true;
  }
  for (;;) {
    const value = Atomics.load(finished, part);
    if (value === current) return true;
    const remainingMs = deadlineMs - performance.now();
    if (remainingMs <= 0) return false;
    Atomics.wait(finished, part, value, remainingMs);
  }
}

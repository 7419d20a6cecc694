/**
 * Kernel threads on the shared heap. A call is cut into chunks that the threads and the owner take one by one, so that a
 * thread the system puts aside holds up a chunk and not half of the call. The owner awaits the rest synchronously: the
 * engine runs in a worker (or Node), where waiting is allowed. A thread that does not finish its chunk is given up with all
 * others, the chunk is done here, and the run goes on single-threaded: nothing hangs.
 */
import type { KernelThread } from '../host.ts';
import {
  callOf,
  CONTROL_BYTES,
  type ControlBlock,
  controlBlock,
  finishChunk,
  type KernelThreadStart,
  takeChunk,
  ticketOf,
  WORD,
} from './kernelThread.ts';
import { KERNEL_NAMES, type KernelFunctions, type KernelName } from './kernelModule.ts';

export const MAX_THREADS = 16;
const START_LIMIT_MS = 3000;
/** How long a chunk may take beyond ten times the owner's whole share. */
const LOST_AFTER_MS = 2000;
/** Polls before sleeping: chunks are small, so the others usually finish within microseconds. */
const SPINS = 20_000;

export interface ThreadPool {
  /** Threads that take part, the owner included; 1 after a loss or `dispose`. */
  readonly threads: number;
  /**
   * Runs the kernel over chunks [bounds[c], bounds[c + 1]), each on whatever thread takes it; returns when all are done.
   * At most 128 chunks.
   */
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
  for (let thread = 1; thread < wished; thread++) {
    const worker = spawn();
    workers.push(worker);
    starting.push(startThread(worker, { module, memory, control }));
  }
  const ready = await Promise.all(starting);
  const usable = workers.filter((_, at) => ready[at]);
  for (const worker of workers) if (!usable.includes(worker)) worker.terminate();
  return usable.length === 0 ? null : createPool(usable, controlBlock(control), kernels);
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
  control: ControlBlock,
  kernels: KernelFunctions,
): ThreadPool {
  const { words } = control;
  let threads = workers.length + 1;
  let call = 0;
  const dispose = (): void => {
    threads = 1;
    for (const worker of workers) worker.terminate();
  };
  return {
    get threads() {
      return threads;
    },
    run(kernel, args, bounds) {
      const runChunk = (chunk: number): void =>
        kernels[kernel](...args, bounds[chunk] as number, bounds[chunk + 1] as number);
      const numChunks = bounds.length - 1;
      call = callOf(ticketOf(call + 1, 0));
      publish(control, kernel, args, bounds, ticketOf(call, numChunks));
      const startedMs = performance.now();
      for (let chunk = takeChunk(control); chunk >= 0; chunk = takeChunk(control)) {
        runChunk(chunk);
        finishChunk(control, chunk);
      }
      const ownMs = performance.now() - startedMs;
      if (allFinished(words, performance.now() + LOST_AFTER_MS + 10 * ownMs)) return;
      dispose();
      for (let chunk = 0; chunk < numChunks; chunk++) {
        if (control.finished[chunk] !== call) runChunk(chunk);
      }
    },
    dispose,
  };
}

/** Describes the call, then lets the threads at it: the ticket goes last. */
function publish(
  control: ControlBlock,
  kernel: KernelName,
  args: readonly number[],
  bounds: readonly number[],
  ticket: number,
): void {
  const { words } = control;
  control.args.set(args);
  control.bounds.set(bounds);
  // A flag of the call before, or of the same number long ago, must not pass for this call's.
  control.finished.fill(callOf(ticket) - 1);
  words[WORD.kernel] = KERNEL_NAMES.indexOf(kernel);
  words[WORD.numArgs] = args.length;
  words[WORD.numChunks] = bounds.length - 1;
  Atomics.store(words, WORD.pending, bounds.length - 1);
  Atomics.store(words, WORD.ticket, ticket);
  Atomics.notify(words, WORD.ticket);
}

/** Returns whether every chunk was finished before the deadline. */
function allFinished(words: Int32Array, deadlineMs: number): boolean {
  for (let spin = 0; spin < SPINS; spin++) {
    if (Atomics.load(words, WORD.pending) === 0) return true;
  }
  for (;;) {
    const pending = Atomics.load(words, WORD.pending);
    if (pending === 0) return true;
    const remainingMs = deadlineMs - performance.now();
    if (remainingMs <= 0) return false;
    Atomics.wait(words, WORD.pending, pending, remainingMs);
  }
}

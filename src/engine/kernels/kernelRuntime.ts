/**
 * How the kernels of the WASM backend are run: on this thread, or in chunks over the thread pool when the work is worth
 * handing out. Splitting never changes results: each chunk writes its own range, with the same order of additions.
 */
import type { KernelFunctions, KernelName } from './kernelModule.ts';
import type { ThreadPool } from './threadPool.ts';

/**
 * Multiply-adds below which handing work to a thread costs more than it saves: waking one takes the owner 20 µs and the
 * thread some 50 µs, in which one core does about this much.
 */
const MIN_SPLIT_WORK = 2e6;
/** Multiply-adds per chunk: long beside taking a chunk, short beside what a thread put aside would hold up. */
const CHUNK_WORK = 1e6;
const MAX_CHUNKS_PER_THREAD = 8;

export interface KernelRuntime {
  readonly memory: WebAssembly.Memory;
  /** Threads that take part at present, this one included; falls to 1 when a thread was lost. */
  readonly threads: number;
  /**
   * Runs a kernel over [start, end). A kernel that changes its inputs in place must not be split (`work` 0): a chunk may be
   * done again after a thread was lost.
   * @param work    estimate in multiply-adds; decides whether and how finely the range is split
   * @param balance boundary after the given share (0, 1) of the range, not descending; even by default
   */
  run(
    kernel: KernelName,
    args: readonly number[],
    range: readonly [start: number, end: number],
    work: number,
    balance?: (share: number) => number,
  ): void;
}

export function createKernelRuntime(
  kernels: KernelFunctions,
  memory: WebAssembly.Memory,
  pool: ThreadPool | null,
): KernelRuntime {
  return {
    memory,
    get threads() {
      return pool?.threads ?? 1;
    },
    run(kernel, args, [start, end], work, balance) {
      if (pool === null || pool.threads === 1 || work < MIN_SPLIT_WORK) {
        kernels[kernel](...args, start, end);
        return;
      }
      const boundary = balance ?? ((share) => start + Math.floor((end - start) * share));
      const bounds = [start];
      const chunks = numChunks(pool.threads, work);
      for (let chunk = 1; chunk < chunks; chunk++) {
        const at = boundary(chunk / chunks);
        // Coarse units leave some chunks empty.
        if (at > (bounds.at(-1) as number) && at < end) bounds.push(at);
      }
      if (bounds.length === 1) kernels[kernel](...args, start, end);
      else pool.run(kernel, args, [...bounds, end]);
    },
  };
}

function numChunks(threads: number, work: number): number {
  return Math.max(threads, Math.min(threads * MAX_CHUNKS_PER_THREAD, Math.floor(work / CHUNK_WORK)));
}

/**
 * How the kernels of the WASM backend are run: on this thread, or split over the thread pool when the work is worth the
 * wake-up. Splitting never changes results: each part writes its own range, with the same order of additions.
 */
import type { KernelFunctions, KernelName } from './kernelModule.ts';
import type { ThreadPool } from './threadPool.ts';

/** Multiply-adds below which waking a thread (some 30 µs) costs more than it saves. */
const MIN_SPLIT_WORK = 1e6;

export interface KernelRuntime {
  readonly memory: WebAssembly.Memory;
  /** Threads that take part at present, this one included; falls to 1 when a thread was lost. */
  readonly threads: number;
  /**
   * Runs a kernel over [start, end).
   * @param work    estimate in multiply-adds; decides whether threads are used
   * @param balance boundary after the given share (0, 1) of the range; even by default
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
      const parts = pool === null || work < MIN_SPLIT_WORK ? 1 : pool.threads;
      if (pool === null || parts === 1) {
        kernels[kernel](...args, start, end);
        return;
      }
      const boundary = balance ?? ((share) => start + Math.floor((end - start) * share));
      const bounds = [start];
      for (let part = 1; part < parts; part++) bounds.push(boundary(part / parts));
      bounds.push(end);
      pool.run(kernel, args, bounds);
    },
  };
}

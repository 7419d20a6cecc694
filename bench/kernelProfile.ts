/** Where the time of an epoch goes: wraps every kernel of a backend with a clock. Synchronous backends only. */
import { getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

export interface KernelTime {
  readonly kernel: string;
  readonly calls: number;
  /** Without the kernels that it calls itself. */
  readonly ms: number;
}

export interface KernelProfile {
  /** Forgets what was measured so far. */
  reset(): void;
  /** By time, largest first. */
  times(): KernelTime[];
}

/** Lasts until the backend is disposed. */
export function profileKernels(backendName: string): KernelProfile {
  const times = new Map<string, { calls: number; ms: number }>();
  // Time of the kernels called so far by the one under way.
  let nestedMs = 0;
  for (const config of getKernelsForBackend(backendName)) {
    unregisterKernel(config.kernelName, backendName);
    registerKernel({
      ...config,
      kernelFunc(call) {
        const outerNestedMs = nestedMs;
        nestedMs = 0;
        const startedMs = performance.now();
        const result = config.kernelFunc(call);
        const takenMs = performance.now() - startedMs;
        const entry = times.get(config.kernelName) ?? { calls: 0, ms: 0 };
        entry.calls++;
        entry.ms += takenMs - nestedMs;
        times.set(config.kernelName, entry);
        nestedMs = outerNestedMs + takenMs;
        return result;
      },
    });
  }
  return {
    reset: () => times.clear(),
    times: () => [...times].map(([kernel, time]) => ({ kernel, ...time })).sort((a, b) => b.ms - a.ms),
  };
}

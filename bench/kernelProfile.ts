/** Where the time of an epoch goes: wraps every kernel of a backend with a clock. Synchronous backends only. */
import { getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

export interface KernelTime {
  readonly calls: number;
  readonly ms: number;
}

export interface KernelProfile {
  /** Forgets what was measured so far. */
  reset(): void;
  /** Milliseconds by kernel name, largest first; a kernel that calls another contains its time. */
  times(): Record<string, KernelTime>;
}

export function profileKernels(backendName: string): KernelProfile {
  const times = new Map<string, { calls: number; ms: number }>();
  for (const config of getKernelsForBackend(backendName)) {
    unregisterKernel(config.kernelName, backendName);
    registerKernel({
      ...config,
      kernelFunc(call) {
        const startedMs = performance.now();
        const result = config.kernelFunc(call);
        const entry = times.get(config.kernelName) ?? { calls: 0, ms: 0 };
        entry.calls++;
        entry.ms += performance.now() - startedMs;
        times.set(config.kernelName, entry);
        return result;
      },
    });
  }
  return {
    reset: () => times.clear(),
    times: () => Object.fromEntries([...times].toSorted(([, a], [, b]) => b.ms - a.ms)),
  };
}

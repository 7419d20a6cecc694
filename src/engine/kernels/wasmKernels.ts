/** Registers the compiled kernels for the WASM backend. One line per kernel. */
import { getKernel, type KernelConfig, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { adamStepWasmKernel } from './adamStep/wasm.ts';
import { dropoutWasmKernel } from './dropout/wasm.ts';
import type { KernelRuntime } from './kernelRuntime.ts';
import { spmmWasmKernel } from './spmm/wasm.ts';
import { weightGradientWasmKernel } from './weightGradient/wasm.ts';

const KERNELS: readonly ((runtime: KernelRuntime) => KernelConfig)[] = [
  spmmWasmKernel,
  dropoutWasmKernel,
  adamStepWasmKernel,
  weightGradientWasmKernel,
];

/** Registers every kernel on `runtime`, replacing those of an earlier start. */
export function registerWasmKernels(runtime: KernelRuntime): void {
  for (const kernel of KERNELS) {
    const config = kernel(runtime);
    if (getKernel(config.kernelName, config.backendName)) {
      unregisterKernel(config.kernelName, config.backendName);
    }
    registerKernel(config);
  }
}

/** Registers this project's kernels for the tfjs backend `cpu`. Does not start or import the backend. */
import { getKernel, registerKernel } from '@tensorflow/tfjs-core';
import { dropoutCpuKernel } from './dropout/cpu.ts';
import { spmmCpuKernel } from './spmm/cpu.ts';

/** Makes GraphSpmm and GraphDropout available on `cpu`; calling it again changes nothing. */
export function registerCpuKernels(): void {
  for (const kernel of [spmmCpuKernel, dropoutCpuKernel]) {
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
  }
}

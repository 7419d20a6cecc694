/** Registers this project's kernels for the tfjs backend `webgpu`. Does not start or import the backend. */
import { getKernel, registerKernel } from '@tensorflow/tfjs-core';
import { dropoutWebgpuKernel } from './dropout/webgpu.ts';
import { spmmWebgpuKernel } from './spmm/webgpu.ts';

/** Makes GraphSpmm and GraphDropout available on `webgpu`; calling it again changes nothing. */
export function registerWebgpuKernels(): void {
  for (const kernel of [spmmWebgpuKernel, dropoutWebgpuKernel]) {
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
  }
}

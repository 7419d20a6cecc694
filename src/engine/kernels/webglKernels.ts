/** Registers this project's kernels for the tfjs backend `webgl`. Does not start or import the backend. */
import { getKernel, registerKernel } from '@tensorflow/tfjs-core';
import { dropoutWebglKernel } from './dropout/webgl.ts';
import { spmmWebglKernel } from './spmm/webgl.ts';

/** Makes GraphSpmm and GraphDropout available on `webgl`; calling it again changes nothing. */
export function registerWebglKernels(): void {
  for (const kernel of [spmmWebglKernel, dropoutWebglKernel]) {
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
  }
}

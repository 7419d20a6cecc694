/** Registers this project's kernels for the tfjs backend `cpu`. Does not start or import the backend. */
import { getKernel, registerKernel } from '@tensorflow/tfjs-core';
import { dropoutCpuKernel } from './dropout/cpu.ts';
import { sddmmCpuKernel } from './sddmm/cpu.ts';
import { spmmCpuKernel } from './spmm/cpu.ts';
import { spmmMaxCpuKernel, spmmMaxScatterCpuKernel } from './spmmMax/cpu.ts';
import {
  additiveAttentionCpuKernel,
  additiveAttentionSumsCpuKernel,
  pairAttentionCpuKernel,
} from './additiveAttention/cpu.ts';
import { gatherRowsCpuKernel, scatterAddRowsCpuKernel } from './gatherRows/cpu.ts';
import {
  maskedCrossEntropyCpuKernel,
  maskedCrossEntropyGradientCpuKernel,
} from './maskedCrossEntropy/cpu.ts';
import { segmentSoftmaxCpuKernel, segmentSoftmaxGradientCpuKernel } from './segmentSoftmax/cpu.ts';
import { rowAdagradCpuKernel } from './rowAdagradStep/cpu.ts';
import { rowAdamCpuKernel } from './rowAdamStep/cpu.ts';

/** Makes them available on `cpu`; calling it again changes nothing. */
export function registerCpuKernels(): void {
  for (const kernel of [
    spmmCpuKernel,
    sddmmCpuKernel,
    spmmMaxCpuKernel,
    spmmMaxScatterCpuKernel,
    dropoutCpuKernel,
    gatherRowsCpuKernel,
    scatterAddRowsCpuKernel,
    segmentSoftmaxCpuKernel,
    segmentSoftmaxGradientCpuKernel,
    additiveAttentionCpuKernel,
    additiveAttentionSumsCpuKernel,
    pairAttentionCpuKernel,
    maskedCrossEntropyCpuKernel,
    maskedCrossEntropyGradientCpuKernel,
    rowAdamCpuKernel,
    rowAdagradCpuKernel,
  ]) {
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
  }
}

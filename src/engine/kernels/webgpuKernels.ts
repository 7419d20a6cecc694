/** Registers this project's kernels for the tfjs backend `webgpu`. Does not start or import the backend. */
import { getKernel, registerKernel } from '@tensorflow/tfjs-core';
import { adamStepWebgpuKernel } from './adamStep/webgpu.ts';
import { dropoutWebgpuKernel } from './dropout/webgpu.ts';
import { sddmmWebgpuKernel } from './sddmm/webgpu.ts';
import { spmmWebgpuKernel } from './spmm/webgpu.ts';
import { spmmMaxWebgpuKernel, spmmMaxGatherWebgpuKernel } from './spmmMax/webgpu.ts';
import {
  additiveAttentionWebgpuKernel,
  additiveAttentionSumsWebgpuKernel,
  pairAttentionWebgpuKernel,
} from './additiveAttention/webgpu.ts';
import { gatherRowsWebgpuKernel, scatterAddRowsWebgpuKernel } from './gatherRows/webgpu.ts';
import {
  maskedCrossEntropyWebgpuKernel,
  maskedCrossEntropyGradientWebgpuKernel,
} from './maskedCrossEntropy/webgpu.ts';
import { segmentSoftmaxWebgpuKernel, segmentSoftmaxGradientWebgpuKernel } from './segmentSoftmax/webgpu.ts';
import { replaceRowsWebgpuKernel } from './tableRows/webgpu.ts';

/** Makes them available on `webgpu`; calling it again changes nothing. */
export function registerWebgpuKernels(): void {
  for (const kernel of [
    spmmWebgpuKernel,
    sddmmWebgpuKernel,
    spmmMaxWebgpuKernel,
    spmmMaxGatherWebgpuKernel,
    dropoutWebgpuKernel,
    gatherRowsWebgpuKernel,
    scatterAddRowsWebgpuKernel,
    segmentSoftmaxWebgpuKernel,
    segmentSoftmaxGradientWebgpuKernel,
    additiveAttentionWebgpuKernel,
    additiveAttentionSumsWebgpuKernel,
    pairAttentionWebgpuKernel,
    maskedCrossEntropyWebgpuKernel,
    maskedCrossEntropyGradientWebgpuKernel,
    replaceRowsWebgpuKernel,
    adamStepWebgpuKernel,
  ]) {
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
  }
}

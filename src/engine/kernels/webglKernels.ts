/** Registers this project's kernels for the tfjs backend `webgl`. Does not start or import the backend. */
import { getKernel, registerKernel } from '@tensorflow/tfjs-core';
import { adamStepWebglKernel } from './adamStep/webgl.ts';
import { dropoutWebglKernel } from './dropout/webgl.ts';
import { sddmmWebglKernel } from './sddmm/webgl.ts';
import { spmmWebglKernel } from './spmm/webgl.ts';
import { spmmMaxWebglKernel, spmmMaxGatherWebglKernel } from './spmmMax/webgl.ts';
import {
  additiveAttentionWebglKernel,
  additiveAttentionSumsWebglKernel,
  pairAttentionWebglKernel,
} from './additiveAttention/webgl.ts';
import { gatherRowsWebglKernel, scatterAddRowsWebglKernel } from './gatherRows/webgl.ts';
import {
  maskedCrossEntropyWebglKernel,
  maskedCrossEntropyGradientWebglKernel,
} from './maskedCrossEntropy/webgl.ts';
import { segmentSoftmaxWebglKernel, segmentSoftmaxGradientWebglKernel } from './segmentSoftmax/webgl.ts';
import { replaceRowsWebglKernel } from './tableRows/webgl.ts';

/** Makes them available on `webgl`; calling it again changes nothing. */
export function registerWebglKernels(): void {
  for (const kernel of [
    spmmWebglKernel,
    sddmmWebglKernel,
    spmmMaxWebglKernel,
    spmmMaxGatherWebglKernel,
    dropoutWebglKernel,
    gatherRowsWebglKernel,
    scatterAddRowsWebglKernel,
    segmentSoftmaxWebglKernel,
    segmentSoftmaxGradientWebglKernel,
    additiveAttentionWebglKernel,
    additiveAttentionSumsWebglKernel,
    pairAttentionWebglKernel,
    maskedCrossEntropyWebglKernel,
    maskedCrossEntropyGradientWebglKernel,
    replaceRowsWebglKernel,
    adamStepWebglKernel,
  ]) {
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
  }
}

/** Registers the compiled kernels for the WASM backend. One line per kernel. */
import { getKernel, type KernelConfig, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import {
  activationDropoutGradientWasmKernel,
  activationDropoutWasmKernel,
} from './activationDropout/wasm.ts';
import { adamStepWasmKernel } from './adamStep/wasm.ts';
import { columnSumsWasmKernel, inputGradientWasmKernel, linearWasmKernel } from './dense/wasm.ts';
import { dropoutWasmKernel } from './dropout/wasm.ts';
import type { KernelRuntime } from './kernelRuntime.ts';
import { momentumStepWasmKernel } from './momentumStep/wasm.ts';
import { sddmmWasmKernel } from './sddmm/wasm.ts';
import { sharedIdentityWasmKernel } from './sharedIdentity.ts';
import { spmmWasmKernel } from './spmm/wasm.ts';
import { spmmMaxWasmKernel, spmmMaxScatterWasmKernel } from './spmmMax/wasm.ts';
import { weightGradientWasmKernel } from './weightGradient/wasm.ts';
import {
  additiveAttentionWasmKernel,
  additiveAttentionSumsWasmKernel,
  pairAttentionWasmKernel,
} from './additiveAttention/wasm.ts';
import { gatherRowsWasmKernel, scatterAddRowsWasmKernel } from './gatherRows/wasm.ts';
import {
  maskedCrossEntropyWasmKernel,
  maskedCrossEntropyGradientWasmKernel,
} from './maskedCrossEntropy/wasm.ts';
import { segmentSoftmaxWasmKernel, segmentSoftmaxGradientWasmKernel } from './segmentSoftmax/wasm.ts';
import {
  columnMomentsWasmKernel,
  normaliseColumnsGradientWasmKernel,
  normaliseColumnsWasmKernel,
  normaliseRowsGradientWasmKernel,
  normaliseRowsWasmKernel,
} from './normalise/wasm.ts';
import { rowAdagradWasmKernel } from './rowAdagradStep/wasm.ts';
import { rowAdamWasmKernel } from './rowAdamStep/wasm.ts';

const KERNELS: readonly ((runtime: KernelRuntime) => KernelConfig)[] = [
  spmmWasmKernel,
  dropoutWasmKernel,
  adamStepWasmKernel,
  weightGradientWasmKernel,
  linearWasmKernel,
  inputGradientWasmKernel,
  columnSumsWasmKernel,
  activationDropoutWasmKernel,
  activationDropoutGradientWasmKernel,
  momentumStepWasmKernel,
  sharedIdentityWasmKernel,
  sddmmWasmKernel,
  spmmMaxWasmKernel,
  spmmMaxScatterWasmKernel,
  gatherRowsWasmKernel,
  scatterAddRowsWasmKernel,
  segmentSoftmaxWasmKernel,
  segmentSoftmaxGradientWasmKernel,
  additiveAttentionWasmKernel,
  additiveAttentionSumsWasmKernel,
  pairAttentionWasmKernel,
  maskedCrossEntropyWasmKernel,
  maskedCrossEntropyGradientWasmKernel,
  rowAdamWasmKernel,
  rowAdagradWasmKernel,
  columnMomentsWasmKernel,
  normaliseColumnsWasmKernel,
  normaliseColumnsGradientWasmKernel,
  normaliseRowsWasmKernel,
  normaliseRowsGradientWasmKernel,
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

/** Softmax per row on the WASM backend: assembly/segmentSoftmax.ts, rows split over threads by entries. */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { firstRowFrom } from '../rowBalance.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { SEGMENT_SOFTMAX_GRADIENT_KERNEL, SEGMENT_SOFTMAX_KERNEL } from './op.ts';

/** Three passes and an exponential cost about as much as this many multiply-adds. */
const WORK_PER_SCORE = 16;
const WORK_PER_GRADIENT = 4;

export function segmentSoftmaxWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(SEGMENT_SOFTMAX_KERNEL, ({ input, address, output }) => {
    const [rowPtr, scores] = [input('rowPtr'), input('scores')];
    const [entries, heads] = scores.shape as [number, number];
    const rows = (rowPtr.shape[0] as number) - 1;
    const out = output(scores.shape);
    const rowStarts = new Int32Array(runtime.memory.buffer, address(rowPtr), rows + 1);
    runtime.run(
      'segmentSoftmax',
      [address(rowPtr), address(scores), address(out), heads],
      [0, rows],
      entries * heads * WORK_PER_SCORE,
      (share) => firstRowFrom(rowStarts, share * entries),
    );
    return out;
  });
}

export function segmentSoftmaxGradientWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(SEGMENT_SOFTMAX_GRADIENT_KERNEL, ({ input, address, output }) => {
    const [rowPtr, alpha, gradient] = [input('rowPtr'), input('alpha'), input('gradient')];
    const [entries, heads] = alpha.shape as [number, number];
    const rows = (rowPtr.shape[0] as number) - 1;
    const out = output(alpha.shape);
    const rowStarts = new Int32Array(runtime.memory.buffer, address(rowPtr), rows + 1);
    runtime.run(
      'segmentSoftmaxGradient',
      [address(rowPtr), address(alpha), address(gradient), address(out), heads],
      [0, rows],
      entries * heads * WORK_PER_GRADIENT,
      (share) => firstRowFrom(rowStarts, share * entries),
    );
    return out;
  });
}

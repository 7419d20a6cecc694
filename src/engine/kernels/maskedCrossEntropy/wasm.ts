/**
 * Weighted (focal) cross-entropy on the WASM backend: assembly/maskedCrossEntropy.ts. Threads fill one float64 sum per
 * block of rows; they are added here in order, so the loss has the same bits at any thread count.
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { MASKED_CROSS_ENTROPY_GRADIENT_KERNEL, MASKED_CROSS_ENTROPY_KERNEL } from './op.ts';

/** Rows per sum; BLOCK of the compiled kernel. */
const BLOCK = 256;
/** An exponential costs about as much as this many multiply-adds. */
const WORK_PER_LOGIT = 8;

export function maskedCrossEntropyWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(MASKED_CROSS_ENTROPY_KERNEL, ({ input, attribute, address, output, release }) => {
    const logits = input('logits');
    const [rows, classes] = logits.shape as [number, number];
    const blocks = Math.ceil(rows / BLOCK);
    const loss = output([]);
    // Two float32 hold one float64.
    const sums = output([2 * blocks]);
    const tensors = [logits, input('codes'), input('weights'), sums];
    runtime.run(
      'maskedCrossEntropy',
      [...tensors.map(address), rows, classes, attribute('gamma')],
      [0, blocks],
      rows * classes * WORK_PER_LOGIT,
    );
    let total = 0;
    for (const sum of new Float64Array(runtime.memory.buffer, address(sums), blocks)) total += sum;
    new Float32Array(runtime.memory.buffer, address(loss), 1)[0] = total;
    release(sums);
    return loss;
  });
}

export function maskedCrossEntropyGradientWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(MASKED_CROSS_ENTROPY_GRADIENT_KERNEL, ({ input, attribute, address, output }) => {
    const logits = input('logits');
    const [rows, classes] = logits.shape as [number, number];
    const out = output(logits.shape);
    const tensors = [logits, input('codes'), input('weights'), input('upstream'), out];
    runtime.run(
      'maskedCrossEntropyGradient',
      [...tensors.map(address), classes, attribute('gamma')],
      [0, rows],
      rows * classes * WORK_PER_LOGIT,
    );
    return out;
  });
}

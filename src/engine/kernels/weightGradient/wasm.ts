/**
 * Xᵀ·G on the WASM backend: assembly/weightGradient.ts. Threads take blocks of rows, each read once; how many there are
 * depends on the number of rows alone, so the result's bits do not depend on the threads.
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { WEIGHT_GRADIENT_KERNEL } from './op.ts';

/** Rows that the kernel keeps in cache; blocks are multiples. */
const CHUNK = 128;
const MIN_BLOCK = 4 * CHUNK;
const MAX_BLOCKS = 16;

export function weightGradientWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(WEIGHT_GRADIENT_KERNEL, ({ input, address, output, release }) => {
    const x = input('x');
    const gradient = input('gradient');
    const [rows, inputs] = x.shape as [number, number];
    const columns = gradient.shape[1] as number;
    const size = inputs * columns;
    const blockRows = Math.max(MIN_BLOCK, CHUNK * Math.ceil(rows / MAX_BLOCKS / CHUNK));
    const blocks = Math.max(1, Math.ceil(rows / blockRows));
    const partials = output(blocks === 1 ? [inputs, columns] : [blocks, inputs, columns]);
    runtime.run(
      'weightGradient',
      [address(x), address(gradient), address(partials), rows, inputs, columns, blockRows],
      [0, blocks],
      rows * size,
    );
    if (blocks === 1) return partials;
    const out = output([inputs, columns]);
    runtime.run('sumBlocks', [address(partials), address(out), blocks, size], [0, size], blocks * size);
    release(partials);
    return out;
  });
}

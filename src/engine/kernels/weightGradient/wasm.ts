/** Xᵀ·G on the WASM backend: assembly/weightGradient.ts; threads split the rows of the result, four at a time. */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { WEIGHT_GRADIENT_KERNEL } from './op.ts';

export function weightGradientWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(WEIGHT_GRADIENT_KERNEL, ({ input, address, output }) => {
    const x = input('x');
    const gradient = input('gradient');
    const [rows, inputs] = x.shape as [number, number];
    const columns = gradient.shape[1] as number;
    const out = output([inputs, columns]);
    runtime.run(
      'weightGradient',
      [address(x), address(gradient), address(out), rows, inputs, columns],
      [0, inputs],
      rows * inputs * columns,
      (share) => Math.min(inputs, 4 * Math.round((inputs * share) / 4)),
    );
    return out;
  });
}

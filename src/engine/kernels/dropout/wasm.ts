/** Counter-based dropout on the WASM backend: assembly/dropout.ts in place on the tfjs heap. */
import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { DROPOUT_KERNEL } from './op.ts';

/** Mixing twice costs about as much as this many multiply-adds. */
const WORK_PER_ELEMENT = 8;

export function dropoutWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(DROPOUT_KERNEL, ({ input, attribute, address, output }) => {
    const x = input('x');
    const size = util.sizeFromShape(x.shape);
    const out = output(x.shape);
    runtime.run(
      'dropout',
      [address(x), address(out), attribute('key'), attribute('threshold'), attribute('scale')],
      [0, size],
      size * WORK_PER_ELEMENT,
    );
    return out;
  });
}

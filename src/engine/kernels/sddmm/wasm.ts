/**
 * Sampled dense × dense product on the WASM backend: assembly/sddmm.ts in place on the tfjs heap. Threads split the
 * entries, which cost the same each.
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { SDDMM_KERNEL } from '../spmm/sparseProducts.ts';
import { wasmKernel } from '../wasmKernel.ts';

export function sddmmWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(SDDMM_KERNEL, ({ input, attribute, address, output }) => {
    const [rowOf, colIndex, a, b] = [input('rowOf'), input('colIndex'), input('a'), input('b')];
    const entries = rowOf.shape[0] as number;
    const width = a.shape[1] as number;
    const heads = attribute('heads');
    const out = output([entries, heads]);
    runtime.run(
      'sddmm',
      [address(rowOf), address(colIndex), address(a), address(b), address(out), width, heads],
      [0, entries],
      entries * width,
    );
    return out;
  });
}

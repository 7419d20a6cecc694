/**
 * Sparse × dense product on the WASM backend: assembly/spmm.ts in place on the tfjs heap, rows split over threads by
 * entries, so that a hub does not leave one thread with most of the work.
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { SPMM_KERNEL } from './op.ts';

export function spmmWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(SPMM_KERNEL, ({ input, optional, address, output }) => {
    const rowPtr = input('rowPtr');
    const x = input('x');
    const perm = optional('perm');
    const rows = (rowPtr.shape[0] as number) - 1;
    const width = x.shape[1] as number;
    const entries = input('colIndex').shape[0] as number;
    const out = output([rows, width]);
    const rowStarts = new Int32Array(runtime.memory.buffer, address(rowPtr), rows + 1);
    runtime.run(
      'spmm',
      [
        address(rowPtr),
        address(input('colIndex')),
        address(input('values')),
        perm === null ? 0 : address(perm),
        address(x),
        address(out),
        width,
      ],
      [0, rows],
      entries * width,
      (share) => firstRowFrom(rowStarts, share * entries),
    );
    return out;
  });
}

/** First row whose entries start at or after `entry`: binary search over ascending row starts. */
function firstRowFrom(rowStarts: Int32Array, entry: number): number {
  let low = 0;
  let high = rowStarts.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rowStarts[middle] as number) < entry) low = middle + 1;
    else high = middle;
  }
  return low;
}

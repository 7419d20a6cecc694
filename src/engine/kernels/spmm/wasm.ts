/**
 * Sparse × dense product on the WASM backend: assembly/spmm.ts, or assembly/spmmHeads.ts with several values per entry,
 * in place on the tfjs heap; rows are split over threads by entries.
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { firstRowFrom } from '../rowBalance.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { headsOf, SPMM_KERNEL } from './sparseProducts.ts';

export function spmmWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(SPMM_KERNEL, ({ input, optional, address, output }) => {
    const rowPtr = input('rowPtr');
    const x = input('x');
    const perm = optional('perm');
    const rows = (rowPtr.shape[0] as number) - 1;
    const width = x.shape[1] as number;
    const heads = headsOf(input('values'));
    const entries = input('colIndex').shape[0] as number;
    const out = output([rows, width]);
    const rowStarts = new Int32Array(runtime.memory.buffer, address(rowPtr), rows + 1);
    runtime.run(
      heads === 1 ? 'spmm' : 'spmmHeads',
      [
        address(rowPtr),
        address(input('colIndex')),
        address(input('values')),
        perm === null ? 0 : address(perm),
        address(x),
        address(out),
        width,
        ...(heads === 1 ? [] : [heads]),
      ],
      [0, rows],
      entries * width,
      (share) => firstRowFrom(rowStarts, share * entries),
    );
    return out;
  });
}

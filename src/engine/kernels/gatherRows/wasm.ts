/** Row gather and its transpose on the WASM backend: assembly/gatherRows.ts in place on the tfjs heap. */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { firstRowFrom } from '../rowBalance.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { GATHER_ROWS_KERNEL, SCATTER_ADD_ROWS_KERNEL } from './op.ts';

export function gatherRowsWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(GATHER_ROWS_KERNEL, ({ input, address, output }) => {
    const [x, index] = [input('x'), input('index')];
    const width = x.shape[1] as number;
    const outputs = index.shape[0] as number;
    const out = output([outputs, width]);
    const args = [address(index), address(x), address(out), width];
    runtime.run('gatherRows', args, [0, outputs], outputs * width);
    return out;
  });
}

/** Threads split the rows by the outputs that they collect, so that a hub does not leave one with most of the work. */
export function scatterAddRowsWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(SCATTER_ADD_ROWS_KERNEL, ({ input, optional, address, output }) => {
    const [y, ptr, perm] = [input('y'), input('ptr'), optional('perm')];
    const [outputs, width] = y.shape as [number, number];
    const numRows = (ptr.shape[0] as number) - 1;
    const out = output([numRows, width]);
    const rowStarts = new Int32Array(runtime.memory.buffer, address(ptr), numRows + 1);
    runtime.run(
      'scatterAddRows',
      [address(ptr), perm === null ? 0 : address(perm), address(y), address(out), width],
      [0, numRows],
      outputs * width,
      (share) => firstRowFrom(rowStarts, share * outputs),
    );
    return out;
  });
}

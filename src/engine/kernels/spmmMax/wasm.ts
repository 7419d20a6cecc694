/**
 * Largest neighbour message and its gradient on the WASM backend: assembly/spmmMax.ts in place on the tfjs heap. The
 * forward pass splits rows over threads by entries; the backward pass splits columns, so that each gradient has one
 * writer.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { firstRowFrom } from '../rowBalance.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { SPMM_MAX_KERNEL, SPMM_MAX_SCATTER_KERNEL, type SpmmMaxInputs } from './op.ts';

/** A cache line in float32: threads that write beside each other within one would slow each other down. */
const LINE_COLUMNS = 16;

export function spmmMaxWasmKernel(runtime: KernelRuntime): KernelConfig {
  return {
    kernelName: SPMM_MAX_KERNEL,
    backendName: 'wasm',
    kernelFunc({ inputs, backend }) {
      const wasm = backend as BackendWasm;
      const { rowPtr, colIndex, values, x } = inputs as SpmmMaxInputs;
      const rows = (rowPtr.shape[0] as number) - 1;
      const width = x.shape[1] as number;
      const entries = colIndex.shape[0] as number;
      const out = wasm.makeOutput([rows, width], 'float32');
      const argmax = wasm.makeOutput([rows, width], 'int32');
      const addresses = [rowPtr, colIndex, values, x, out, argmax].map(({ dataId }) =>
        wasm.getMemoryOffset(dataId),
      );
      const rowStarts = new Int32Array(runtime.memory.buffer, addresses[0] as number, rows + 1);
      runtime.run('spmmMax', [...addresses, width], [0, rows], entries * width, (share) =>
        firstRowFrom(rowStarts, share * entries),
      );
      return [out, argmax];
    },
  };
}

export function spmmMaxScatterWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(SPMM_MAX_SCATTER_KERNEL, ({ input, attribute, address, output }) => {
    const gradient = input('gradient');
    const [rows, width] = gradient.shape as [number, number];
    const cols = attribute('cols');
    const out = output([cols, width]);
    const operands = [input('colIndex'), input('values'), input('argmax'), gradient, out];
    const unit = width >= 2 * LINE_COLUMNS ? LINE_COLUMNS : 1;
    runtime.run(
      'spmmMaxScatter',
      [...operands.map(address), rows, cols, width],
      [0, width],
      (rows + cols) * width,
      (share) => Math.min(width, unit * Math.round((width * share) / unit)),
    );
    return out;
  });
}

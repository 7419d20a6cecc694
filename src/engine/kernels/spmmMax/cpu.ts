/** Largest neighbour message and its gradient on the plain-JavaScript backend. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import {
  SPMM_MAX_KERNEL,
  SPMM_MAX_SCATTER_KERNEL,
  type SpmmMaxInputs,
  type SpmmMaxScatterInputs,
} from './op.ts';

const read = <T>(backend: MathBackendCPU, tensor: TensorInfo): T =>
  backend.data.get(tensor.dataId).values as T;

/** Returns the maxima and their entries. Products are rounded to float32 before they are compared. O(E·F). */
function spmmMaxOnCpu(inputs: SpmmMaxInputs, backend: MathBackendCPU): TensorInfo[] {
  const rowPtr = read<Int32Array>(backend, inputs.rowPtr);
  const colIndex = read<Int32Array>(backend, inputs.colIndex);
  const values = read<Float32Array>(backend, inputs.values);
  const x = read<Float32Array>(backend, inputs.x);
  const rows = rowPtr.length - 1;
  const width = inputs.x.shape[1] as number;
  const out = new Float32Array(rows * width);
  const argmax = new Int32Array(rows * width).fill(-1);
  for (let row = 0, at = 0; row < rows; row++, at += width) {
    const start = rowPtr[row] as number;
    const end = rowPtr[row + 1] as number;
    for (let k = start; k < end; k++) {
      const value = values[k] as number;
      const from = (colIndex[k] as number) * width;
      for (let f = 0; f < width; f++) {
        const product = Math.fround(value * (x[from + f] as number));
        const best = out[at + f] as number;
        // Not ≤ rather than >, so that NaN wins; a NaN already there stays.
        if (k > start && (product <= best || Number.isNaN(best))) continue;
        out[at + f] = product;
        argmax[at + f] = k;
      }
    }
  }
  return [
    backend.makeTensorInfo([rows, width], 'float32', out),
    backend.makeTensorInfo([rows, width], 'int32', argmax),
  ];
}

/** Returns dX [cols, F], summed in float64 by ascending row. O(R·F). */
function scatterOnCpu(inputs: SpmmMaxScatterInputs, cols: number, backend: MathBackendCPU): TensorInfo {
  const colIndex = read<Int32Array>(backend, inputs.colIndex);
  const values = read<Float32Array>(backend, inputs.values);
  const argmax = read<Int32Array>(backend, inputs.argmax);
  const gradient = read<Float32Array>(backend, inputs.gradient);
  const [rows, width] = inputs.gradient.shape as [number, number];
  const sums = new Float64Array(cols * width);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let f = 0; f < width; f++, at++) {
      const entry = argmax[at] as number;
      if (entry < 0) continue;
      const target = (colIndex[entry] as number) * width + f;
      sums[target] = (sums[target] as number) + (values[entry] as number) * (gradient[at] as number);
    }
  }
  return backend.makeTensorInfo([cols, width], 'float32', Float32Array.from(sums));
}

export const spmmMaxCpuKernel: KernelConfig = {
  kernelName: SPMM_MAX_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, backend }) => spmmMaxOnCpu(inputs as SpmmMaxInputs, backend as MathBackendCPU),
};

export const spmmMaxScatterCpuKernel: KernelConfig = {
  kernelName: SPMM_MAX_SCATTER_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    scatterOnCpu(inputs as SpmmMaxScatterInputs, (attrs as { cols: number }).cols, backend as MathBackendCPU),
};

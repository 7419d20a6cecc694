/** Row gather and its transpose on the plain-JavaScript backend; sums in float64, rounded once, as in reference.ts. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { GATHER_ROWS_KERNEL, SCATTER_ADD_ROWS_KERNEL } from './op.ts';

function gatherOnCpu(inputs: NamedTensorInfoMap, backend: MathBackendCPU): TensorInfo {
  const { x, index } = inputs as { x: TensorInfo; index: TensorInfo };
  const values = backend.data.get(x.dataId).values as Float32Array;
  const rows = backend.data.get(index.dataId).values as Int32Array;
  const width = x.shape[1] as number;
  const out = new Float32Array(rows.length * width);
  rows.forEach((row, i) => out.set(values.subarray(row * width, (row + 1) * width), i * width));
  return backend.makeTensorInfo([rows.length, width], 'float32', out);
}

function scatterOnCpu(inputs: NamedTensorInfoMap, backend: MathBackendCPU): TensorInfo {
  const { y, ptr, perm } = inputs as { y: TensorInfo; ptr: TensorInfo; perm?: TensorInfo };
  const values = backend.data.get(y.dataId).values as Float32Array;
  const starts = backend.data.get(ptr.dataId).values as Int32Array;
  const order = perm === undefined ? null : (backend.data.get(perm.dataId).values as Int32Array);
  const width = y.shape[1] as number;
  const numRows = starts.length - 1;
  const out = new Float32Array(numRows * width);
  const sums = new Float64Array(width);
  for (let row = 0; row < numRows; row++) {
    sums.fill(0);
    const end = starts[row + 1] as number;
    for (let k = starts[row] as number; k < end; k++) {
      const from = (order === null ? k : (order[k] as number)) * width;
      for (let f = 0; f < width; f++) sums[f] = (sums[f] as number) + (values[from + f] as number);
    }
    out.set(sums, row * width);
  }
  return backend.makeTensorInfo([numRows, width], 'float32', out);
}

export const gatherRowsCpuKernel: KernelConfig = {
  kernelName: GATHER_ROWS_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, backend }) => gatherOnCpu(inputs, backend as MathBackendCPU),
};

export const scatterAddRowsCpuKernel: KernelConfig = {
  kernelName: SCATTER_ADD_ROWS_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, backend }) => scatterOnCpu(inputs, backend as MathBackendCPU),
};

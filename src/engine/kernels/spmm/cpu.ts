/**
 * Sparse × dense product on the plain-JavaScript backend. Same order and precision as reference.ts: float64 sums in
 * stored order, rounded once. The fallback when nothing faster starts, and what runs in Node tests.
 */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { headsOf, SPMM_KERNEL, type SpmmInputs } from './sparseProducts.ts';

/** Returns out[r, f] = Σ_{k in row r} values[perm ? perm[k] : k, head of f] · x[colIndex[k], f]. O(E·F). */
function spmmOnCpu(inputs: SpmmInputs, backend: MathBackendCPU): TensorInfo {
  const read = <T>(tensor: TensorInfo): T => backend.data.get(tensor.dataId).values as T;
  const [rowPtr, colIndex] = [read<Int32Array>(inputs.rowPtr), read<Int32Array>(inputs.colIndex)];
  const [values, x] = [read<Float32Array>(inputs.values), read<Float32Array>(inputs.x)];
  const perm = inputs.perm === undefined ? null : read<Int32Array>(inputs.perm);
  const rows = rowPtr.length - 1;
  const width = inputs.x.shape[1] as number;
  const heads = headsOf(inputs.values);
  const headWidth = width / heads;
  const out = new Float32Array(rows * width);
  const sums = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    const end = rowPtr[row + 1] as number;
    for (let k = rowPtr[row] as number; k < end; k++) {
      const entry = perm === null ? k : (perm[k] as number);
      const from = (colIndex[k] as number) * width;
      for (let head = 0, f = 0; head < heads; head++) {
        const value = values[entry * heads + head] as number;
        for (const last = f + headWidth; f < last; f++)
          sums[f] = (sums[f] as number) + value * (x[from + f] as number);
      }
    }
    out.set(sums, row * width);
  }
  return backend.makeTensorInfo([rows, width], 'float32', out);
}

export const spmmCpuKernel: KernelConfig = {
  kernelName: SPMM_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, backend }) => spmmOnCpu(inputs as SpmmInputs, backend as MathBackendCPU),
};

/** Sampled dense × dense product on the plain-JavaScript backend: float64 sums, rounded once. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { SDDMM_KERNEL, type SddmmAttributes, type SddmmInputs } from '../spmm/sparseProducts.ts';

/** Returns out[k, h] = Σ_d a[rowOf[k], h·D + d] · b[colIndex[k], h·D + d]. O(E·F). */
function sddmmOnCpu(inputs: SddmmInputs, heads: number, backend: MathBackendCPU): TensorInfo {
  const read = <T>(tensor: TensorInfo): T => backend.data.get(tensor.dataId).values as T;
  const [rowOf, colIndex] = [read<Int32Array>(inputs.rowOf), read<Int32Array>(inputs.colIndex)];
  const [a, b] = [read<Float32Array>(inputs.a), read<Float32Array>(inputs.b)];
  const entries = rowOf.length;
  const width = inputs.a.shape[1] as number;
  const headWidth = width / heads;
  const out = new Float32Array(entries * heads);
  for (let k = 0; k < entries; k++) {
    let left = (rowOf[k] as number) * width;
    let right = (colIndex[k] as number) * width;
    for (let head = 0; head < heads; head++) {
      let sum = 0;
      for (const end = left + headWidth; left < end; left++, right++)
        sum += (a[left] as number) * (b[right] as number);
      out[k * heads + head] = sum;
    }
  }
  return backend.makeTensorInfo([entries, heads], 'float32', out);
}

export const sddmmCpuKernel: KernelConfig = {
  kernelName: SDDMM_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    sddmmOnCpu(inputs as SddmmInputs, (attrs as unknown as SddmmAttributes).heads, backend as MathBackendCPU),
};

/** Counter-based dropout on the plain-JavaScript backend; identical to reference.ts. */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { drawUint32 } from '../../../core/random.ts';
import { DROPOUT_KERNEL, type DropoutAttributes } from './op.ts';

/** Returns x with element e zero where drawUint32(key, e) < threshold, else x[e] · scale. O(size). */
function dropoutOnCpu(x: TensorInfo, attributes: DropoutAttributes, backend: MathBackendCPU): TensorInfo {
  const { key, threshold } = attributes;
  const scale = Math.fround(attributes.scale);
  const values = backend.data.get(x.dataId).values as Float32Array;
  const out = new Float32Array(values.length);
  for (let element = 0; element < values.length; element++) {
    if (drawUint32(key, element) >= threshold) out[element] = (values[element] as number) * scale;
  }
  return backend.makeTensorInfo(x.shape, 'float32', out);
}

export const dropoutCpuKernel: KernelConfig = {
  kernelName: DROPOUT_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    dropoutOnCpu(inputs.x as TensorInfo, attrs as unknown as DropoutAttributes, backend as MathBackendCPU),
};

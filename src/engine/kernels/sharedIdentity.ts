/**
 * tfjs copies the data of every tensor that a backward pass needs (`Identity` on WASM): on large graphs a tenth of an
 * epoch and twice the memory. This kernel hands out the same data under a second reference instead.
 */
import { Identity, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/**
 * A clone that shares its data, as on the other backends. Kernels that write in place own their data alone (optimiser
 * moments, embedding tables): nobody may hold a clone of those over a step.
 */
export const sharedIdentityWasmKernel = (): KernelConfig => ({
  kernelName: Identity,
  backendName: 'wasm',
  kernelFunc({ inputs, backend }) {
    const { dataId, shape, dtype } = inputs['x'] as TensorInfo;
    (backend as BackendWasm).incRef(dataId);
    return { dataId, shape, dtype };
  },
});

/** Weighted (focal) cross-entropy on the plain-JavaScript backend: the loops of reference.ts on the backend's arrays. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import {
  MASKED_CROSS_ENTROPY_GRADIENT_KERNEL,
  MASKED_CROSS_ENTROPY_KERNEL,
  type MaskedCrossEntropyAttributes,
} from './op.ts';
import { maskedCrossEntropyGradientReference, maskedCrossEntropyReference } from './reference.ts';

function read(tensor: TensorInfo | undefined, backend: MathBackendCPU): ArrayLike<number> {
  return backend.data.get((tensor as TensorInfo).dataId).values as Float32Array | Int32Array;
}

function lossOnCpu(inputs: NamedTensorInfoMap, gamma: number, backend: MathBackendCPU): TensorInfo {
  const classes = (inputs.logits as TensorInfo).shape[1] as number;
  const [logits, codes] = [read(inputs.logits, backend), read(inputs.codes, backend)];
  const loss = maskedCrossEntropyReference(logits, codes, read(inputs.weights, backend), classes, gamma);
  return backend.makeTensorInfo([], 'float32', Float32Array.of(loss));
}

function gradientOnCpu(inputs: NamedTensorInfoMap, gamma: number, backend: MathBackendCPU): TensorInfo {
  const { shape } = inputs.logits as TensorInfo;
  const gradient = maskedCrossEntropyGradientReference(
    read(inputs.logits, backend),
    read(inputs.codes, backend),
    read(inputs.weights, backend),
    shape[1] as number,
    gamma,
    read(inputs.upstream, backend)[0] as number,
  );
  return backend.makeTensorInfo(shape, 'float32', Float32Array.from(gradient));
}

export const maskedCrossEntropyCpuKernel: KernelConfig = {
  kernelName: MASKED_CROSS_ENTROPY_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    lossOnCpu(inputs, (attrs as unknown as MaskedCrossEntropyAttributes).gamma, backend as MathBackendCPU),
};

export const maskedCrossEntropyGradientCpuKernel: KernelConfig = {
  kernelName: MASKED_CROSS_ENTROPY_GRADIENT_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    gradientOnCpu(
      inputs,
      (attrs as unknown as MaskedCrossEntropyAttributes).gamma,
      backend as MathBackendCPU,
    ),
};

/** Softmax per row on the plain-JavaScript backend: the loops of reference.ts on the backend's arrays. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { SEGMENT_SOFTMAX_GRADIENT_KERNEL, SEGMENT_SOFTMAX_KERNEL } from './op.ts';
import { segmentSoftmaxGradientReference, segmentSoftmaxReference } from './reference.ts';

function valuesOf(tensor: TensorInfo | undefined, backend: MathBackendCPU): ArrayLike<number> {
  return backend.data.get((tensor as TensorInfo).dataId).values as Float32Array | Int32Array;
}

function softmaxOnCpu(inputs: NamedTensorInfoMap, backend: MathBackendCPU): TensorInfo {
  const { shape } = inputs.scores as TensorInfo;
  const [rowPtr, scores] = [valuesOf(inputs.rowPtr, backend), valuesOf(inputs.scores, backend)];
  const out = segmentSoftmaxReference(rowPtr, scores, shape[1] as number);
  return backend.makeTensorInfo(shape, 'float32', Float32Array.from(out));
}

function gradientOnCpu(inputs: NamedTensorInfoMap, backend: MathBackendCPU): TensorInfo {
  const { shape } = inputs.alpha as TensorInfo;
  const [rowPtr, alpha] = [valuesOf(inputs.rowPtr, backend), valuesOf(inputs.alpha, backend)];
  const gradient = valuesOf(inputs.gradient, backend);
  const out = segmentSoftmaxGradientReference(rowPtr, alpha, gradient, shape[1] as number);
  return backend.makeTensorInfo(shape, 'float32', Float32Array.from(out));
}

export const segmentSoftmaxCpuKernel: KernelConfig = {
  kernelName: SEGMENT_SOFTMAX_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, backend }) => softmaxOnCpu(inputs, backend as MathBackendCPU),
};

export const segmentSoftmaxGradientCpuKernel: KernelConfig = {
  kernelName: SEGMENT_SOFTMAX_GRADIENT_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, backend }) => gradientOnCpu(inputs, backend as MathBackendCPU),
};

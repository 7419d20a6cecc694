/** Additive attention on the plain-JavaScript backend: double-precision sums in stored order, rounded once. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import {
  ADDITIVE_ATTENTION_KERNEL,
  ADDITIVE_ATTENTION_SUMS_KERNEL,
  type AdditiveAttentionAttributes,
  type AdditiveAttentionSumsAttributes,
} from './op.ts';
import { PAIR_ATTENTION_KERNEL } from '../pairAttention/op.ts';

type Values = Float32Array | Int32Array;

function readerOf(inputs: NamedTensorInfoMap, backend: MathBackendCPU) {
  return (name: string): Values => {
    const tensor = inputs[name] as TensorInfo;
    return backend.data.get(tensor.dataId).values as Values;
  };
}

function scoresOnCpu(
  inputs: NamedTensorInfoMap,
  { heads, negativeSlope }: AdditiveAttentionAttributes,
  backend: MathBackendCPU,
): TensorInfo {
  const read = readerOf(inputs, backend);
  const [rowOf, colIndex, receiver, sender] = ['rowOf', 'colIndex', 'receiver', 'sender'].map(read) as [
    Values,
    Values,
    Values,
    Values,
  ];
  const attention = inputs.attention === undefined ? null : read('attention');
  const width = (inputs.receiver as TensorInfo).shape[1] as number;
  const depth = width / heads;
  const out = new Float32Array(colIndex.length * heads);
  for (let k = 0; k < colIndex.length; k++) {
    const [a, b] = [(rowOf[k] as number) * width, (colIndex[k] as number) * width];
    for (let head = 0; head < heads; head++) {
      let score = 0;
      for (let at = head * depth; at < (head + 1) * depth; at++) {
        const pre = Math.fround((receiver[a + at] as number) + (sender[b + at] as number));
        score += (attention === null ? 1 : (attention[at] as number)) * (pre > 0 ? pre : pre * negativeSlope);
      }
      out[k * heads + head] = score;
    }
  }
  return backend.makeTensorInfo([colIndex.length, heads], 'float32', out);
}

function sumsOnCpu(
  inputs: NamedTensorInfoMap,
  { heads, negativeSlope, ofActivation }: AdditiveAttentionSumsAttributes,
  backend: MathBackendCPU,
): TensorInfo {
  const read = readerOf(inputs, backend);
  const [rowPtr, colIndex, own, other, gradient] = ['rowPtr', 'colIndex', 'own', 'other', 'gradient'].map(
    read,
  ) as [Values, Values, Values, Values, Values];
  const perm = inputs.perm === undefined ? null : read('perm');
  const attention = inputs.attention === undefined ? null : read('attention');
  const [rows, width] = (inputs.own as TensorInfo).shape as [number, number];
  const depth = width / heads;
  const out = new Float32Array(rows * width);
  const sums = new Float64Array(width);
  const valueOf = (pre: number): number =>
    ofActivation === 1 ? (pre > 0 ? pre : pre * negativeSlope) : pre > 0 ? 1 : negativeSlope;
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
      const entry = (perm === null ? k : (perm[k] as number)) * heads;
      const from = (colIndex[k] as number) * width;
      for (let at = 0; at < width; at++) {
        const pre = Math.fround((own[row * width + at] as number) + (other[from + at] as number));
        const incoming = gradient[entry + Math.floor(at / depth)] as number;
        sums[at] = (sums[at] as number) + incoming * valueOf(pre);
      }
    }
    for (let at = 0; at < width; at++) {
      out[row * width + at] = (sums[at] as number) * (attention === null ? 1 : (attention[at] as number));
    }
  }
  return backend.makeTensorInfo([rows, width], 'float32', out);
}

const scoresKernel = (kernelName: string): KernelConfig => ({
  kernelName,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    scoresOnCpu(inputs, attrs as unknown as AdditiveAttentionAttributes, backend as MathBackendCPU),
});

export const additiveAttentionCpuKernel = scoresKernel(ADDITIVE_ATTENTION_KERNEL);
export const pairAttentionCpuKernel = scoresKernel(PAIR_ATTENTION_KERNEL);

export const additiveAttentionSumsCpuKernel: KernelConfig = {
  kernelName: ADDITIVE_ATTENTION_SUMS_KERNEL,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    sumsOnCpu(inputs, attrs as unknown as AdditiveAttentionSumsAttributes, backend as MathBackendCPU),
};

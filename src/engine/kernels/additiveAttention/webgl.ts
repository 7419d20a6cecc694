/** Additive attention in GLSL: one fragment per score and per sum, terms added in stored order, rows not balanced. */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { type KernelConfig, type NamedTensorInfoMap, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { PAIR_ATTENTION_KERNEL } from '../pairAttention/op.ts';
import { runFlatProgram } from '../webglFlatProgram.ts';
import { assertExactIndices } from '../webglIndices.ts';
import {
  ADDITIVE_ATTENTION_KERNEL,
  ADDITIVE_ATTENTION_SUMS_KERNEL,
  type AdditiveAttentionAttributes,
  type AdditiveAttentionSumsAttributes,
} from './op.ts';

const scoresCode = (hasAttention: boolean): string => `
    void main() {
      int heads = outShape[1];
      int at = outputIndex();
      int k = at / heads;
      int first = (at - k * heads) * depth;
      int receiverRow = int(read_rowOf(k)) * heads * depth;
      int senderRow = int(read_colIndex(k)) * heads * depth;
      float score = 0.0;
      for (int channel = first; channel < first + depth; channel++) {
        float pre = read_receiver(receiverRow + channel) + read_sender(senderRow + channel);
        float activated = pre > 0.0 ? pre : pre * negativeSlope;
        score += ${hasAttention ? 'read_attention(channel) * ' : ''}activated;
      }
      setOutput(score);
    }`;

const sumsCode = (hasPerm: boolean, hasAttention: boolean, ofActivation: boolean): string => `
    void main() {
      int width = outShape[1];
      int at = outputIndex();
      int row = at / width;
      int channel = at - row * width;
      int head = channel / depth;
      int heads = width / depth;
      float ownValue = read_own(at);
      int end = int(read_rowPtr(row + 1));
      float sum = 0.0;
      for (int k = int(read_rowPtr(row)); k < end; k++) {
        float pre = ownValue + read_other(int(read_colIndex(k)) * width + channel);
        float value = pre > 0.0 ? ${ofActivation ? 'pre : pre * negativeSlope' : '1.0 : negativeSlope'};
        sum += read_gradient(${hasPerm ? 'int(read_perm(k))' : 'k'} * heads + head) * value;
      }
      setOutput(sum${hasAttention ? ' * read_attention(channel)' : ''});
    }`;

function scoresOnWebgl(
  inputs: NamedTensorInfoMap,
  { heads, negativeSlope }: AdditiveAttentionAttributes,
  backend: MathBackendWebGL,
): TensorInfo {
  const operands = inputs as Record<'rowOf' | 'colIndex' | 'receiver' | 'sender', TensorInfo>;
  const outputShape = [operands.colIndex.shape[0] as number, heads];
  if (util.sizeFromShape(outputShape) === 0)
    return backend.makeTensorInfo(outputShape, 'float32', new Float32Array(0));
  const [rows, width] = operands.receiver.shape as [number, number];
  assertExactIndices(rows, operands.sender.shape[0] as number, outputShape[0] as number);
  return runFlatProgram(
    {
      inputs: operands,
      outputShape,
      code: scoresCode(inputs.attention !== undefined),
      uniforms: { depth: ['int', [width / heads]], negativeSlope: ['float', [negativeSlope]] },
    },
    backend,
  );
}

function sumsOnWebgl(
  inputs: NamedTensorInfoMap,
  { heads, negativeSlope, ofActivation }: AdditiveAttentionSumsAttributes,
  backend: MathBackendWebGL,
): TensorInfo {
  const operands = inputs as Record<'rowPtr' | 'colIndex' | 'own' | 'other' | 'gradient', TensorInfo>;
  const [rows, width] = operands.own.shape as [number, number];
  const entries = operands.colIndex.shape[0] as number;
  // A texture of zero texels cannot be bound.
  if (entries === 0) return backend.makeTensorInfo([rows, width], 'float32', new Float32Array(rows * width));
  assertExactIndices(rows, operands.other.shape[0] as number, entries);
  return runFlatProgram(
    {
      inputs: operands,
      outputShape: [rows, width],
      code: sumsCode(inputs.perm !== undefined, inputs.attention !== undefined, ofActivation === 1),
      uniforms: { depth: ['int', [width / heads]], negativeSlope: ['float', [negativeSlope]] },
    },
    backend,
  );
}

const scoresKernel = (kernelName: string): KernelConfig => ({
  kernelName,
  backendName: 'webgl',
  kernelFunc: ({ inputs, attrs, backend }) =>
    scoresOnWebgl(inputs, attrs as unknown as AdditiveAttentionAttributes, backend as MathBackendWebGL),
});

export const additiveAttentionWebglKernel = scoresKernel(ADDITIVE_ATTENTION_KERNEL);
export const pairAttentionWebglKernel = scoresKernel(PAIR_ATTENTION_KERNEL);

export const additiveAttentionSumsWebglKernel: KernelConfig = {
  kernelName: ADDITIVE_ATTENTION_SUMS_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, attrs, backend }) =>
    sumsOnWebgl(inputs, attrs as unknown as AdditiveAttentionSumsAttributes, backend as MathBackendWebGL),
};

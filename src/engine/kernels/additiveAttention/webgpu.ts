/** Additive attention in WGSL: one invocation per score; the gradients' sums over rows are balanced, without atomics. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type KernelConfig, type NamedTensorInfoMap, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { PAIR_ATTENTION_KERNEL } from '../pairAttention/op.ts';
import { assertBindable } from '../webgpuLimits.ts';
import { ElementProgram } from '../webgpuPrograms.ts';
import { RowReductionProgram, rowSumCode } from '../webgpuRowReduction.ts';
import {
  ADDITIVE_ATTENTION_KERNEL,
  ADDITIVE_ATTENTION_SUMS_KERNEL,
  type AdditiveAttentionAttributes,
  type AdditiveAttentionSumsAttributes,
} from './op.ts';

const UNIFORMS = 'depth : i32, negativeSlope : f32,';

const scoresCode = (hasAttention: boolean): string => `
  fn compute(at : i32) {
    let heads = uniforms.outShape.y;
    let width = heads * uniforms.depth;
    let k = at / heads;
    let first = (at - k * heads) * uniforms.depth;
    let receiverRow = rowOf[k] * width;
    let senderRow = colIndex[k] * width;
    var score = 0.0;
    for (var channel = first; channel < first + uniforms.depth; channel++) {
      let pre = receiver[receiverRow + channel] + sender[senderRow + channel];
      let activated = select(pre * uniforms.negativeSlope, pre, pre > 0.0);
      score += ${hasAttention ? 'attention[channel] * ' : ''}activated;
    }
    result[at] = score;
  }`;

const termCode = (entry: string, ofActivation: boolean): string => `
  fn term(k : i32, row : i32, column : i32) -> f32 {
    let width = uniforms.outShape.y;
    let pre = own[row * width + column] + other[colIndex[k] * width + column];
    let value = ${
      ofActivation
        ? 'select(pre * uniforms.negativeSlope, pre, pre > 0.0)'
        : 'select(uniforms.negativeSlope, 1.0, pre > 0.0)'
    };
    return gradient[${entry} * (width / uniforms.depth) + column / uniforms.depth] * value;
  }`;

function scoresOnWebgpu(
  inputs: NamedTensorInfoMap,
  { heads, negativeSlope }: AdditiveAttentionAttributes,
  backend: WebGPUBackend,
): TensorInfo {
  const operands = inputs as Record<'rowOf' | 'colIndex' | 'receiver' | 'sender', TensorInfo>;
  const { rowOf, colIndex, receiver, sender } = operands;
  const outputShape = [colIndex.shape[0] as number, heads];
  const count = util.sizeFromShape(outputShape);
  // A buffer of zero bytes cannot be bound.
  if (count === 0) return backend.makeTensorInfo(outputShape, 'float32', new Float32Array(0));
  assertBindable('additiveAttention', [receiver.shape, sender.shape, outputShape], backend);
  const attention = inputs.attention === undefined ? [] : [inputs.attention];
  const hasAttention = attention.length > 0;
  const program = new ElementProgram(
    {
      key: `graphAdditiveAttention_${hasAttention}`,
      variableNames: ['rowOf', 'colIndex', 'receiver', 'sender', ...(hasAttention ? ['attention'] : [])],
      outputShape,
      uniforms: UNIFORMS,
      code: scoresCode(hasAttention),
    },
    count,
  );
  return backend.runWebGPUProgram(program, [rowOf, colIndex, receiver, sender, ...attention], 'float32', [
    { type: 'int32', data: [count] },
    { type: 'int32', data: [(receiver.shape[1] as number) / heads] },
    { type: 'float32', data: [negativeSlope] },
  ]);
}

function sumsOnWebgpu(
  inputs: NamedTensorInfoMap,
  { heads, negativeSlope, ofActivation }: AdditiveAttentionSumsAttributes,
  backend: WebGPUBackend,
): TensorInfo {
  const operands = inputs as Record<'rowPtr' | 'colIndex' | 'own' | 'other' | 'gradient', TensorInfo>;
  const { rowPtr, colIndex, own, other, gradient } = operands;
  const [rows, width] = own.shape as [number, number];
  if (colIndex.shape[0] === 0 || rows * width === 0)
    return backend.makeTensorInfo([rows, width], 'float32', new Float32Array(rows * width));
  assertBindable('additiveAttention', [own.shape, other.shape, gradient.shape], backend);
  const optional = { perm: inputs.perm, attention: inputs.attention };
  const given = Object.entries(optional).filter(([, tensor]) => tensor !== undefined);
  const [hasPerm, hasAttention] = [optional.perm !== undefined, optional.attention !== undefined];
  const program = new RowReductionProgram(
    {
      key: `graphAdditiveAttentionSums_${hasPerm}_${hasAttention}_${ofActivation}`,
      variableNames: ['rowPtr', 'colIndex', 'own', 'other', 'gradient', ...given.map(([name]) => name)],
      uniforms: UNIFORMS,
      code: [
        termCode(hasPerm ? 'perm[k]' : 'k', ofActivation === 1),
        rowSumCode('term(k, row, column)', hasAttention ? 'sum * attention[column]' : 'sum'),
      ].join('\n'),
    },
    rows,
    width,
  );
  return backend.runWebGPUProgram(
    program,
    [rowPtr, colIndex, own, other, gradient, ...given.map(([, tensor]) => tensor as TensorInfo)],
    'float32',
    [
      { type: 'int32', data: [width / heads] },
      { type: 'float32', data: [negativeSlope] },
    ],
  );
}

const scoresKernel = (kernelName: string): KernelConfig => ({
  kernelName,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    scoresOnWebgpu(inputs, attrs as unknown as AdditiveAttentionAttributes, backend as WebGPUBackend),
});

export const additiveAttentionWebgpuKernel = scoresKernel(ADDITIVE_ATTENTION_KERNEL);
export const pairAttentionWebgpuKernel = scoresKernel(PAIR_ATTENTION_KERNEL);

export const additiveAttentionSumsWebgpuKernel: KernelConfig = {
  kernelName: ADDITIVE_ATTENTION_SUMS_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    sumsOnWebgpu(inputs, attrs as unknown as AdditiveAttentionSumsAttributes, backend as WebGPUBackend),
};

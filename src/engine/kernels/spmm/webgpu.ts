/** Sparse × dense product in WGSL: a sum over the entries of each row, rows balanced by webgpuRowReduction.ts. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { assertBindable } from '../webgpuLimits.ts';
import { type RowReduction, RowReductionProgram, rowSumCode } from '../webgpuRowReduction.ts';
import { headsOf, SPMM_KERNEL, type SpmmInputs } from './sparseProducts.ts';

/** The head's width is a constant of the shader: a division by it is then cheap, and layers have few widths. */
function spmmReduction(width: number, heads: number, hasPerm: boolean): RowReduction {
  const headWidth = width / heads;
  const entry = hasPerm ? 'perm[k]' : 'k';
  const value = heads === 1 ? entry : `${entry} * ${heads} + column / ${headWidth}`;
  return {
    key: `graphSpmm_${hasPerm}_${heads}_${heads === 1 ? 'all' : headWidth}`,
    variableNames: ['rowPtr', 'colIndex', 'values', ...(hasPerm ? ['perm'] : []), 'x'],
    code: rowSumCode(`values[${value}] * x[colIndex[k] * uniforms.outShape.y + column]`),
  };
}

function spmmOnWebgpu(inputs: SpmmInputs, backend: WebGPUBackend): TensorInfo {
  const { rowPtr, colIndex, values, perm, x } = inputs;
  const rows = (rowPtr.shape[0] as number) - 1;
  const width = x.shape[1] as number;
  // A buffer of zero bytes cannot be bound.
  if (colIndex.size === 0)
    return backend.makeTensorInfo([rows, width], 'float32', new Float32Array(rows * width));
  assertBindable('spmm', [...Object.values(inputs).map(({ shape }) => shape), [rows, width]], backend);
  const reduction = spmmReduction(width, headsOf(values), perm !== undefined);
  const ordered = perm === undefined ? [rowPtr, colIndex, values, x] : [rowPtr, colIndex, values, perm, x];
  return backend.runWebGPUProgram(new RowReductionProgram(reduction, rows, width), ordered, 'float32');
}

export const spmmWebgpuKernel: KernelConfig = {
  kernelName: SPMM_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => spmmOnWebgpu(inputs as SpmmInputs, backend as WebGPUBackend),
};

/** Row gather (one invocation per element) and its transpose (balanced row sums, no atomics) in WGSL. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type KernelConfig, type NamedTensorInfoMap, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { assertBindable } from '../webgpuLimits.ts';
import { ElementProgram } from '../webgpuPrograms.ts';
import { RowReductionProgram, rowSumCode } from '../webgpuRowReduction.ts';
import { GATHER_ROWS_KERNEL, SCATTER_ADD_ROWS_KERNEL } from './op.ts';

const GATHER = `
  fn compute(at : i32) {
    let width = uniforms.outShape.y;
    let i = at / width;
    result[at] = x[index[i] * width + at - i * width];
  }`;

function gatherOnWebgpu(inputs: NamedTensorInfoMap, backend: WebGPUBackend): TensorInfo {
  const { x, index } = inputs as { x: TensorInfo; index: TensorInfo };
  const outputShape = [index.shape[0] as number, x.shape[1] as number];
  const count = util.sizeFromShape(outputShape);
  if (count === 0) return backend.makeTensorInfo(outputShape, 'float32', new Float32Array(0));
  assertBindable('gatherRows', [x.shape, index.shape, outputShape], backend);
  const program = new ElementProgram(
    { key: 'graphGatherRows', variableNames: ['x', 'index'], outputShape, code: GATHER },
    count,
  );
  return backend.runWebGPUProgram(program, [x, index], 'float32', [{ type: 'int32', data: [count] }]);
}

function scatterOnWebgpu(inputs: NamedTensorInfoMap, backend: WebGPUBackend): TensorInfo {
  const { y, ptr, perm } = inputs as { y: TensorInfo; ptr: TensorInfo; perm?: TensorInfo };
  const numRows = (ptr.shape[0] as number) - 1;
  const width = y.shape[1] as number;
  const outputShape = [numRows, width];
  const size = util.sizeFromShape(outputShape);
  // A buffer of zero bytes cannot be bound.
  if (size === 0 || util.sizeFromShape(y.shape) === 0)
    return backend.makeTensorInfo(outputShape, 'float32', new Float32Array(size));
  assertBindable('scatterAddRows', [y.shape, ptr.shape, outputShape], backend);
  const reduction = {
    key: `graphScatterAddRows_${perm !== undefined}`,
    variableNames: ['rowPtr', 'y', ...(perm === undefined ? [] : ['perm'])],
    code: rowSumCode(`y[${perm === undefined ? 'k' : 'perm[k]'} * uniforms.outShape.y + column]`),
  };
  const program = new RowReductionProgram(reduction, numRows, width);
  return backend.runWebGPUProgram(program, perm === undefined ? [ptr, y] : [ptr, y, perm], 'float32');
}

export const gatherRowsWebgpuKernel: KernelConfig = {
  kernelName: GATHER_ROWS_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => gatherOnWebgpu(inputs, backend as WebGPUBackend),
};

export const scatterAddRowsWebgpuKernel: KernelConfig = {
  kernelName: SCATTER_ADD_ROWS_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => scatterOnWebgpu(inputs, backend as WebGPUBackend),
};

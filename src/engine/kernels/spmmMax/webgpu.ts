/**
 * Largest neighbour message and its gradient in WGSL, rows balanced by webgpuRowReduction.ts. A program has one output, so
 * the winning entries come first and the maxima are read through them.
 */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { assertBindable } from '../webgpuLimits.ts';
import { type RowReduction, RowReductionProgram, rowSumCode } from '../webgpuRowReduction.ts';
import {
  SPMM_MAX_GATHER_KERNEL,
  SPMM_MAX_KERNEL,
  type SpmmMaxGatherInputs,
  type SpmmMaxInputs,
} from './op.ts';

/** Lanes of a long row see entries out of order, so equals are decided by the entry's number. */
const ARGMAX: RowReduction = {
  key: 'graphSpmmArgmax',
  variableNames: ['rowPtr', 'colIndex', 'values', 'x'],
  code: `
  struct Partial {
    best : f32,
    entry : i32,
  }
  fn nothing() -> Partial {
    return Partial(0.0, -1);
  }
  fn merged(a : Partial, b : Partial) -> Partial {
    if (b.entry < 0) {
      return a;
    }
    if (a.entry < 0 || b.best > a.best || (b.best == a.best && b.entry < a.entry)) {
      return b;
    }
    return a;
  }
  fn withEntry(partial : Partial, k : i32, row : i32, column : i32) -> Partial {
    return merged(partial, Partial(values[k] * x[colIndex[k] * uniforms.outShape.y + column], k));
  }
  fn resultOf(partial : Partial, column : i32) -> i32 {
    return partial.entry;
  }`,
};

const GATHER: RowReduction = {
  key: 'graphSpmmMaxGather',
  variableNames: ['rowPtr', 'colIndex', 'perm', 'values', 'argmax', 'gradient'],
  code: `
  fn wonBy(k : i32, column : i32) -> f32 {
    let entry = perm[k];
    let receiver = colIndex[k] * uniforms.outShape.y + column;
    return select(0.0, values[entry] * gradient[receiver], argmax[receiver] == entry);
  }
  ${rowSumCode('wonBy(k, column)')}`,
};

const WORKGROUP_SIZE = 64;

class MaximumProgram implements WebGPUProgram {
  readonly variableNames = ['argmax', 'colIndex', 'values', 'x'];
  readonly outputShape: number[];
  readonly shaderKey = 'graphSpmmMaximum';
  readonly size = true;
  readonly workgroupSize: [number, number, number] = [WORKGROUP_SIZE, 1, 1];
  readonly dispatchLayout = { x: [0, 1] };
  readonly dispatch: [number, number, number];

  constructor(rows: number, width: number) {
    this.outputShape = [rows, width];
    this.dispatch = [Math.ceil((rows * width) / WORKGROUP_SIZE), 1, 1];
  }

  getUserCode(): string {
    return `
      fn main(index : i32) {
        if (index < uniforms.size) {
          let width = uniforms.outShape.y;
          let entry = argmax[index];
          var maximum = 0.0;
          if (entry >= 0) {
            maximum = values[entry] * x[colIndex[entry] * width + index % width];
          }
          result[index] = maximum;
        }
      }
    `;
  }
}

function spmmMaxOnWebgpu(inputs: SpmmMaxInputs, backend: WebGPUBackend): TensorInfo[] {
  const { rowPtr, colIndex, values, x } = inputs;
  const rows = (rowPtr.shape[0] as number) - 1;
  const width = x.shape[1] as number;
  const size = rows * width;
  // A buffer of zero bytes cannot be bound.
  if (colIndex.size === 0 || size === 0) {
    return [
      backend.makeTensorInfo([rows, width], 'float32', new Float32Array(size)),
      backend.makeTensorInfo([rows, width], 'int32', new Int32Array(size).fill(-1)),
    ];
  }
  assertBindable('spmmMax', [...Object.values(inputs).map(({ shape }) => shape), [rows, width]], backend);
  const ordered = [rowPtr, colIndex, values, x];
  const argmax = backend.runWebGPUProgram(new RowReductionProgram(ARGMAX, rows, width), ordered, 'int32');
  const maximum = new MaximumProgram(rows, width);
  const out = backend.runWebGPUProgram(maximum, [argmax, colIndex, values, x], 'float32');
  return [out, argmax];
}

function gatherOnWebgpu(inputs: SpmmMaxGatherInputs, backend: WebGPUBackend): TensorInfo {
  const { rowPtr, colIndex, perm, values, argmax, gradient } = inputs;
  const cols = (rowPtr.shape[0] as number) - 1;
  const width = gradient.shape[1] as number;
  if (perm.size === 0 || width === 0)
    return backend.makeTensorInfo([cols, width], 'float32', new Float32Array(cols * width));
  assertBindable('spmmMax', [...Object.values(inputs).map(({ shape }) => shape), [cols, width]], backend);
  const ordered = [rowPtr, colIndex, perm, values, argmax, gradient];
  return backend.runWebGPUProgram(new RowReductionProgram(GATHER, cols, width), ordered, 'float32');
}

export const spmmMaxWebgpuKernel: KernelConfig = {
  kernelName: SPMM_MAX_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => spmmMaxOnWebgpu(inputs as SpmmMaxInputs, backend as WebGPUBackend),
};

export const spmmMaxGatherWebgpuKernel: KernelConfig = {
  kernelName: SPMM_MAX_GATHER_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) =>
    gatherOnWebgpu(inputs as SpmmMaxGatherInputs, backend as WebGPUBackend),
};

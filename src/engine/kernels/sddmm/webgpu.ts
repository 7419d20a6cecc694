/**
 * Sampled dense × dense product in WGSL: one invocation per entry and head, columns added in ascending order. Every
 * invocation does the same work, so rows of very different degree need no balancing.
 */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { SDDMM_KERNEL, type SddmmAttributes, type SddmmInputs } from '../spmm/sparseProducts.ts';
import { assertBindable } from '../webgpuLimits.ts';

const WORKGROUP_SIZE = 64;

class SddmmProgram implements WebGPUProgram {
  readonly variableNames = ['rowOf', 'colIndex', 'a', 'b'];
  readonly outputShape: number[];
  readonly shaderKey = 'graphSddmm';
  readonly uniforms = 'headWidth : i32,';
  readonly size = true;
  readonly workgroupSize: [number, number, number] = [WORKGROUP_SIZE, 1, 1];
  readonly dispatchLayout = { x: [0, 1] };
  readonly dispatch: [number, number, number];

  constructor(entries: number, heads: number) {
    this.outputShape = [entries, heads];
    this.dispatch = [Math.ceil((entries * heads) / WORKGROUP_SIZE), 1, 1];
  }

  getUserCode(): string {
    return `
      fn main(index : i32) {
        if (index >= uniforms.size) {
          return;
        }
        let heads = uniforms.outShape.y;
        let k = index / heads;
        let first = (index % heads) * uniforms.headWidth;
        let left = rowOf[k] * heads * uniforms.headWidth + first;
        let right = colIndex[k] * heads * uniforms.headWidth + first;
        var sum = 0.0;
        for (var d = 0; d < uniforms.headWidth; d++) {
          sum += a[left + d] * b[right + d];
        }
        result[index] = sum;
      }
    `;
  }
}

function sddmmOnWebgpu(inputs: SddmmInputs, heads: number, backend: WebGPUBackend): TensorInfo {
  const { rowOf, colIndex, a, b } = inputs;
  const entries = rowOf.shape[0] as number;
  const width = a.shape[1] as number;
  // A buffer of zero bytes cannot be bound.
  if (entries === 0 || width === 0)
    return backend.makeTensorInfo([entries, heads], 'float32', new Float32Array(entries * heads));
  const shapes = [rowOf, colIndex, a, b].map(({ shape }) => shape);
  assertBindable('sddmm', [...shapes, [entries, heads]], backend);
  return backend.runWebGPUProgram(new SddmmProgram(entries, heads), [rowOf, colIndex, a, b], 'float32', [
    { type: 'int32', data: [width / heads] },
  ]);
}

export const sddmmWebgpuKernel: KernelConfig = {
  kernelName: SDDMM_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    sddmmOnWebgpu(
      inputs as SddmmInputs,
      (attrs as unknown as SddmmAttributes).heads,
      backend as WebGPUBackend,
    ),
};

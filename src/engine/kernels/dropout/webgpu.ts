/**
 * Counter-based dropout in WGSL: one invocation per element, the draws of core/random.ts in u32 arithmetic.
 * Masks are equal to reference.ts bit for bit; kept values are scaled in float32.
 */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { assertBindable } from '../webgpuLimits.ts';
import { DROPOUT_KERNEL, type DropoutAttributes } from './op.ts';

const WORKGROUP_SIZE = 64;

class DropoutProgram implements WebGPUProgram {
  readonly variableNames = ['x'];
  readonly outputShape: number[];
  readonly shaderKey = 'graphDropout';
  readonly uniforms = 'key : u32, threshold : u32, scale : f32,';
  readonly size = true;
  readonly workgroupSize: [number, number, number] = [WORKGROUP_SIZE, 1, 1];
  readonly dispatchLayout: { x: number[] };
  readonly dispatch: [number, number, number];

  constructor(shape: number[]) {
    this.outputShape = shape;
    this.dispatchLayout = { x: shape.map((_, axis) => axis) };
    this.dispatch = [Math.ceil(util.sizeFromShape(shape) / WORKGROUP_SIZE), 1, 1];
  }

  getUserCode(): string {
    return `
      fn mix32(value : u32) -> u32 {
        var mixed = value;
        mixed ^= mixed >> 16u;
        mixed *= 0x21f0aaadu;
        mixed ^= mixed >> 15u;
        mixed *= 0xd35a2d97u;
        return mixed ^ (mixed >> 15u);
      }

      fn main(index : i32) {
        if (index < uniforms.size) {
          let draw = mix32(mix32(u32(index)) + uniforms.key);
          result[index] = select(x[index] * uniforms.scale, 0.0, draw < uniforms.threshold);
        }
      }
    `;
  }
}

function dropoutOnWebgpu(x: TensorInfo, attributes: DropoutAttributes, backend: WebGPUBackend): TensorInfo {
  assertBindable('dropout', [x.shape], backend);
  return backend.runWebGPUProgram(new DropoutProgram(x.shape), [x], 'float32', [
    { type: 'uint32', data: [attributes.key] },
    { type: 'uint32', data: [attributes.threshold] },
    { type: 'float32', data: [attributes.scale] },
  ]);
}

export const dropoutWebgpuKernel: KernelConfig = {
  kernelName: DROPOUT_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    dropoutOnWebgpu(inputs.x as TensorInfo, attrs as unknown as DropoutAttributes, backend as WebGPUBackend),
};

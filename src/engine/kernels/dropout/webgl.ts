/**
 * Counter-based dropout in GLSL ES 3.00: the draws of core/random.ts in highp uint arithmetic. Masks are equal to
 * reference.ts bit for bit; kept values are scaled in float32.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { runFlatProgram } from '../webglFlatProgram.ts';
import { DROPOUT_KERNEL, type DropoutAttributes } from './op.ts';

const SHADER_CODE = `
    uint mix32(uint value) {
      value ^= value >> 16u;
      value *= 0x21f0aaadu;
      value ^= value >> 15u;
      value *= 0xd35a2d97u;
      return value ^ (value >> 15u);
    }

    void main() {
      int index = outputIndex();
      uint draw = mix32(mix32(uint(index)) + uint(key));
      setOutput(draw < uint(threshold) ? 0.0 : read_x(index) * scale);
    }`;

function dropoutOnWebgl(x: TensorInfo, attributes: DropoutAttributes, backend: MathBackendWebGL): TensorInfo {
  return runFlatProgram(
    {
      inputs: { x },
      outputShape: x.shape,
      code: SHADER_CODE,
      // tfjs has no uint uniforms: the 32 bits travel as int, which GLSL's uint() keeps.
      uniforms: {
        key: ['int', [attributes.key | 0]],
        threshold: ['int', [attributes.threshold | 0]],
        scale: ['float', [attributes.scale]],
      },
    },
    backend,
  );
}

export const dropoutWebglKernel: KernelConfig = {
  kernelName: DROPOUT_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, attrs, backend }) =>
    dropoutOnWebgl(
      inputs.x as TensorInfo,
      attrs as unknown as DropoutAttributes,
      backend as MathBackendWebGL,
    ),
};

/** Adam step in GLSL: three draws per parameter, where stock operations take about fourteen. */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { runFlatProgram } from '../webglFlatProgram.ts';
import {
  type AdamProgram,
  adamScalarValues,
  FIRST_MOMENT,
  PARAMETER,
  SECOND_MOMENT,
  withReads,
} from './gpuPrograms.ts';
import { ADAM_STEP_KERNEL } from './op.ts';

type Tensors = Readonly<Record<string, TensorInfo>>;

function run(
  program: AdamProgram,
  tensors: Tensors,
  scalars: Readonly<Record<string, number>>,
  backend: MathBackendWebGL,
): TensorInfo {
  return runFlatProgram(
    {
      inputs: Object.fromEntries(program.inputs.map((input) => [input, tensors[input] as TensorInfo])),
      outputShape: (tensors['parameter'] as TensorInfo).shape,
      code: `
    void main() {
      int at = outputIndex();
      setOutput(${withReads(program, (input) => `read_${input}(at)`)});
    }`,
      uniforms: Object.fromEntries(
        program.scalars.map((scalar) => [`u_${scalar}`, ['float', [scalars[scalar] as number]]] as const),
      ),
    },
    backend,
  );
}

export const adamStepWebglKernel: KernelConfig = {
  kernelName: ADAM_STEP_KERNEL,
  backendName: 'webgl',
  kernelFunc({ inputs, attrs, backend }) {
    const webgl = backend as MathBackendWebGL;
    const tensors = inputs as Tensors;
    const scalars = adamScalarValues(attrs as unknown as Record<string, number>);
    const firstMoment = run(FIRST_MOMENT, tensors, scalars, webgl);
    const secondMoment = run(SECOND_MOMENT, tensors, scalars, webgl);
    return [
      run(PARAMETER, { ...tensors, firstMoment, secondMoment }, scalars, webgl),
      firstMoment,
      secondMoment,
    ];
  },
};

/** Adam step in WGSL: three dispatches per parameter, where stock operations take about fourteen. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { assertBindable } from '../webgpuLimits.ts';
import { ElementProgram } from '../webgpuPrograms.ts';
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
  name: string,
  program: AdamProgram,
  tensors: Tensors,
  scalars: Readonly<Record<string, number>>,
  backend: WebGPUBackend,
): TensorInfo {
  const { shape } = tensors['parameter'] as TensorInfo;
  const count = util.sizeFromShape(shape);
  const expression = withReads(program, (input) => `${input}[at]`).replaceAll('u_', 'uniforms.');
  const elements = new ElementProgram(
    {
      key: `graphAdam${name}`,
      variableNames: program.inputs,
      outputShape: shape,
      uniforms: program.scalars.map((scalar) => `${scalar} : f32,`).join(' '),
      code: `
  fn compute(at : i32) {
    result[at] = ${expression};
  }`,
    },
    count,
  );
  return backend.runWebGPUProgram(
    elements,
    program.inputs.map((input) => tensors[input] as TensorInfo),
    'float32',
    [
      { type: 'int32', data: [count] },
      ...program.scalars.map((scalar) => ({ type: 'float32', data: [scalars[scalar] as number] })),
    ],
  );
}

export const adamStepWebgpuKernel: KernelConfig = {
  kernelName: ADAM_STEP_KERNEL,
  backendName: 'webgpu',
  kernelFunc({ inputs, attrs, backend }) {
    const webgpu = backend as WebGPUBackend;
    const tensors = inputs as Tensors;
    assertBindable('adamStep', [(tensors['parameter'] as TensorInfo).shape], webgpu);
    const scalars = adamScalarValues(attrs as unknown as Record<string, number>);
    const firstMoment = run('FirstMoment', FIRST_MOMENT, tensors, scalars, webgpu);
    const secondMoment = run('SecondMoment', SECOND_MOMENT, tensors, scalars, webgpu);
    const moved = { ...tensors, firstMoment, secondMoment };
    return [run('Parameter', PARAMETER, moved, scalars, webgpu), firstMoment, secondMoment];
  },
};

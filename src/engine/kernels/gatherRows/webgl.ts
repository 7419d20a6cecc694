/** Row gather and its transpose in GLSL: one fragment per output element, terms added in stored order. */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { runFlatProgram } from '../webglFlatProgram.ts';
import { assertExactIndices } from '../webglIndices.ts';
import { GATHER_ROWS_KERNEL, SCATTER_ADD_ROWS_KERNEL } from './op.ts';

const GATHER = `
    void main() {
      int width = outShape[1];
      int at = outputIndex();
      int i = at / width;
      setOutput(read_x(int(read_rowRead(i)) * width + at - i * width));
    }`;

const scatterCode = (hasPerm: boolean): string => `
    void main() {
      int width = outShape[1];
      int at = outputIndex();
      int row = at / width;
      int column = at - row * width;
      int end = int(read_ptr(row + 1));
      float sum = 0.0;
      for (int k = int(read_ptr(row)); k < end; k++) {
        sum += read_y(${hasPerm ? 'int(read_perm(k))' : 'k'} * width + column);
      }
      setOutput(sum);
    }`;

function gatherOnWebgl(inputs: NamedTensorInfoMap, backend: MathBackendWebGL): TensorInfo {
  const { x, index } = inputs as { x: TensorInfo; index: TensorInfo };
  const [numRows, width] = x.shape as [number, number];
  const outputs = index.shape[0] as number;
  assertExactIndices(outputs, numRows, outputs);
  const outputShape = [outputs, width];
  // NOTE: an input named `index` would hide the variables of that name in tfjs' own samplers.
  return runFlatProgram({ inputs: { x, rowRead: index }, outputShape, code: GATHER }, backend);
}

function scatterOnWebgl(inputs: NamedTensorInfoMap, backend: MathBackendWebGL): TensorInfo {
  const { y, ptr, perm } = inputs as { y: TensorInfo; ptr: TensorInfo; perm?: TensorInfo };
  const [outputs, width] = y.shape as [number, number];
  const numRows = (ptr.shape[0] as number) - 1;
  assertExactIndices(outputs, numRows, outputs);
  // A texture of zero texels cannot be bound.
  if (outputs === 0)
    return backend.makeTensorInfo([numRows, width], 'float32', new Float32Array(numRows * width));
  return runFlatProgram(
    {
      inputs: perm === undefined ? { y, ptr } : { y, ptr, perm },
      outputShape: [numRows, width],
      code: scatterCode(perm !== undefined),
    },
    backend,
  );
}

export const gatherRowsWebglKernel: KernelConfig = {
  kernelName: GATHER_ROWS_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, backend }) => gatherOnWebgl(inputs, backend as MathBackendWebGL),
};

export const scatterAddRowsWebglKernel: KernelConfig = {
  kernelName: SCATTER_ADD_ROWS_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, backend }) => scatterOnWebgl(inputs, backend as MathBackendWebGL),
};

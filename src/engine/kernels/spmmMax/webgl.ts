/**
 * Largest neighbour message and its gradient in GLSL: one fragment per output element. A program has one output, so the
 * winning entries come first and the maxima are read through them. Entry numbers travel as float32, exact to 2^24.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { runFlatProgram } from '../webglFlatProgram.ts';
import { assertExactIndices } from '../webglIndices.ts';
import {
  SPMM_MAX_GATHER_KERNEL,
  SPMM_MAX_KERNEL,
  type SpmmMaxGatherInputs,
  type SpmmMaxInputs,
} from './op.ts';

const ARGMAX_CODE = `
    void main() {
      int width = outShape[1];
      int index = outputIndex();
      int row = index / width;
      int column = index - row * width;
      int end = int(read_rowPtr(row + 1));
      float best = 0.0;
      int entry = -1;
      for (int k = int(read_rowPtr(row)); k < end; k++) {
        float product = read_values(k) * read_x(int(read_colIndex(k)) * width + column);
        if (entry < 0 || product > best) {
          best = product;
          entry = k;
        }
      }
      setOutput(float(entry));
    }`;

const MAXIMUM_CODE = `
    void main() {
      int width = outShape[1];
      int index = outputIndex();
      int entry = int(read_argmax(index));
      float maximum = 0.0;
      if (entry >= 0) {
        int source = int(read_colIndex(entry)) * width + index % width;
        maximum = read_values(entry) * read_x(source);
      }
      setOutput(maximum);
    }`;

const GATHER_CODE = `
    void main() {
      int width = outShape[1];
      int index = outputIndex();
      int row = index / width;
      int column = index - row * width;
      int end = int(read_rowPtr(row + 1));
      float sum = 0.0;
      for (int k = int(read_rowPtr(row)); k < end; k++) {
        int entry = int(read_perm(k));
        int receiver = int(read_colIndex(k)) * width + column;
        if (int(read_argmax(receiver)) == entry) sum += read_values(entry) * read_gradient(receiver);
      }
      setOutput(sum);
    }`;

function spmmMaxOnWebgl(inputs: SpmmMaxInputs, backend: MathBackendWebGL): TensorInfo[] {
  const { rowPtr, colIndex, values, x } = inputs;
  const rows = (rowPtr.shape[0] as number) - 1;
  const [cols, width] = x.shape as [number, number];
  const entries = colIndex.shape[0] as number;
  assertExactIndices(rows, cols, entries);
  const outputShape = [rows, width];
  // A texture of zero texels cannot be bound.
  if (entries === 0) {
    const size = rows * width;
    return [
      backend.makeTensorInfo(outputShape, 'float32', new Float32Array(size)),
      backend.makeTensorInfo(outputShape, 'float32', new Float32Array(size).fill(-1)),
    ];
  }
  const argmax = runFlatProgram(
    { inputs: { rowPtr, colIndex, values, x }, outputShape, code: ARGMAX_CODE },
    backend,
  );
  // With no output elements the result is empty whatever it reads.
  const out = runFlatProgram(
    { inputs: { argmax, colIndex, values, x }, outputShape, code: MAXIMUM_CODE },
    backend,
  );
  return [out, argmax];
}

function gatherOnWebgl(inputs: SpmmMaxGatherInputs, backend: MathBackendWebGL): TensorInfo {
  const { rowPtr, colIndex, perm, values, argmax, gradient } = inputs;
  const cols = (rowPtr.shape[0] as number) - 1;
  const [rows, width] = gradient.shape as [number, number];
  assertExactIndices(rows, cols, perm.shape[0] as number);
  if (perm.shape[0] === 0)
    return backend.makeTensorInfo([cols, width], 'float32', new Float32Array(cols * width));
  return runFlatProgram(
    {
      inputs: { rowPtr, colIndex, perm, values, argmax, gradient },
      outputShape: [cols, width],
      code: GATHER_CODE,
    },
    backend,
  );
}

export const spmmMaxWebglKernel: KernelConfig = {
  kernelName: SPMM_MAX_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, backend }) => spmmMaxOnWebgl(inputs as SpmmMaxInputs, backend as MathBackendWebGL),
};

export const spmmMaxGatherWebglKernel: KernelConfig = {
  kernelName: SPMM_MAX_GATHER_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, backend }) =>
    gatherOnWebgl(inputs as SpmmMaxGatherInputs, backend as MathBackendWebGL),
};

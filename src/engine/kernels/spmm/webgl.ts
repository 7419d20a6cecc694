/**
 * Sparse × dense product in GLSL: one fragment per output element, entries of its row added in stored order. Rows are
 * not balanced here; WebGL is the fallback of a fallback. tfjs keeps int32 tensors in float32 textures, so indices are
 * exact up to 2^24 and larger matrices are refused.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { LimitError } from '../../../core/errors.ts';
import { runFlatProgram } from '../webglFlatProgram.ts';
import { SPMM_KERNEL, type SpmmInputs } from './op.ts';

/** 2^24: every integer up to here is a float32. */
const MAX_EXACT_INTEGER = 16_777_216;

const shaderCode = (hasPerm: boolean): string => `
    void main() {
      int width = outShape[1];
      int index = outputIndex();
      int row = index / width;
      int column = index - row * width;
      int end = int(read_rowPtr(row + 1));
      float sum = 0.0;
      for (int k = int(read_rowPtr(row)); k < end; k++) {
        float value = read_values(${hasPerm ? 'int(read_perm(k))' : 'k'});
        sum += value * read_x(int(read_colIndex(k)) * width + column);
      }
      setOutput(sum);
    }`;

/** @throws {LimitError} a row pointer, column index or entry number of the matrix is not exact in float32 */
function assertExactIndices(rows: number, cols: number, entries: number): void {
  if (Math.max(rows, cols, entries) <= MAX_EXACT_INTEGER) return;
  throw new LimitError(
    `A sparse matrix of ${rows} × ${cols} with ${entries} entries is too large for WebGL, whose indices are exact up to 16,777,216.`,
    {
      code: 'webgl-index',
      remedy: 'Use WASM or WebGPU.',
      details: { rows, cols, entries, limit: MAX_EXACT_INTEGER },
    },
  );
}

function spmmOnWebgl(inputs: SpmmInputs, backend: MathBackendWebGL): TensorInfo {
  const { rowPtr, colIndex, values, perm, x } = inputs;
  const rows = (rowPtr.shape[0] as number) - 1;
  const [cols, width] = x.shape as [number, number];
  const entries = colIndex.shape[0] as number;
  assertExactIndices(rows, cols, entries);
  // A texture of zero texels cannot be bound.
  if (entries === 0) return backend.makeTensorInfo([rows, width], 'float32', new Float32Array(rows * width));
  const read = { rowPtr, colIndex, values, x };
  return runFlatProgram(
    {
      inputs: perm === undefined ? read : { ...read, perm },
      outputShape: [rows, width],
      code: shaderCode(perm !== undefined),
    },
    backend,
  );
}

export const spmmWebglKernel: KernelConfig = {
  kernelName: SPMM_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, backend }) => spmmOnWebgl(inputs as SpmmInputs, backend as MathBackendWebGL),
};

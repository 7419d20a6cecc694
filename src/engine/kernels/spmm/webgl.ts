/**
 * Sparse × dense product in GLSL: one fragment per output element, entries of its row added in stored order. Rows are
 * not balanced here; WebGL is the fallback of a fallback.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { runFlatProgram } from '../webglFlatProgram.ts';
import { assertExactIndices } from '../webglIndices.ts';
import { headsOf, SPMM_KERNEL, type SpmmInputs } from './sparseProducts.ts';

const shaderCode = (hasPerm: boolean): string => `
    void main() {
      int width = outShape[1];
      int index = outputIndex();
      int row = index / width;
      int column = index - row * width;
      int head = column / (width / heads);
      int end = int(read_rowPtr(row + 1));
      float sum = 0.0;
      for (int k = int(read_rowPtr(row)); k < end; k++) {
        int entry = ${hasPerm ? 'int(read_perm(k))' : 'k'};
        sum += read_values(entry * heads + head) * read_x(int(read_colIndex(k)) * width + column);
      }
      setOutput(sum);
    }`;

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
      uniforms: { heads: ['int', [headsOf(values)]] },
    },
    backend,
  );
}

export const spmmWebglKernel: KernelConfig = {
  kernelName: SPMM_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, backend }) => spmmOnWebgl(inputs as SpmmInputs, backend as MathBackendWebGL),
};

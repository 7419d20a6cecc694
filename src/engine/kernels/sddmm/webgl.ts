/** Sampled dense × dense product in GLSL: one fragment per entry and head, columns added in ascending order. */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { SDDMM_KERNEL, type SddmmAttributes, type SddmmInputs } from '../spmm/sparseProducts.ts';
import { runFlatProgram } from '../webglFlatProgram.ts';
import { assertExactIndices } from '../webglIndices.ts';

const SHADER_CODE = `
    void main() {
      int index = outputIndex();
      int k = index / heads;
      int first = (index - k * heads) * headWidth;
      int left = int(read_rowOf(k)) * heads * headWidth + first;
      int right = int(read_colIndex(k)) * heads * headWidth + first;
      float sum = 0.0;
      for (int d = 0; d < headWidth; d++) sum += read_a(left + d) * read_b(right + d);
      setOutput(sum);
    }`;

function sddmmOnWebgl(inputs: SddmmInputs, heads: number, backend: MathBackendWebGL): TensorInfo {
  const { rowOf, colIndex, a, b } = inputs;
  const entries = rowOf.shape[0] as number;
  const [rows, width] = a.shape as [number, number];
  assertExactIndices(rows, b.shape[0] as number, entries);
  // A texture of zero texels cannot be bound.
  if (width === 0)
    return backend.makeTensorInfo([entries, heads], 'float32', new Float32Array(entries * heads));
  return runFlatProgram(
    {
      inputs: { rowOf, colIndex, a, b },
      outputShape: [entries, heads],
      code: SHADER_CODE,
      uniforms: { heads: ['int', [heads]], headWidth: ['int', [width / heads]] },
    },
    backend,
  );
}

export const sddmmWebglKernel: KernelConfig = {
  kernelName: SDDMM_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, attrs, backend }) =>
    sddmmOnWebgl(
      inputs as SddmmInputs,
      (attrs as unknown as SddmmAttributes).heads,
      backend as MathBackendWebGL,
    ),
};

/** Rows put into a table in GLSL: one fragment per element of the new table. */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { runFlatProgram } from '../webglFlatProgram.ts';
import { assertExactIndices } from '../webglIndices.ts';
import { REPLACE_ROWS_KERNEL } from './op.ts';

const REPLACE = `
    void main() {
      int width = outShape[1];
      int at = outputIndex();
      int row = at / width;
      int position = int(read_inverse(row));
      setOutput(position < 0 ? read_table(at) : read_rows(position * width + at - row * width));
    }`;

export const replaceRowsWebglKernel: KernelConfig = {
  kernelName: REPLACE_ROWS_KERNEL,
  backendName: 'webgl',
  kernelFunc({ inputs, backend }) {
    const { table, rows, inverse } = inputs as Record<'table' | 'rows' | 'inverse', TensorInfo>;
    assertExactIndices(table.shape[0] as number, table.shape[1] as number, rows.shape[0] as number);
    return runFlatProgram(
      { inputs: { table, rows, inverse }, outputShape: table.shape, code: REPLACE },
      backend as MathBackendWebGL,
    );
  },
};

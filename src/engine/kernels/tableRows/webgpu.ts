/** Rows put into a table in WGSL: one invocation per element of the new table. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { assertBindable } from '../webgpuLimits.ts';
import { ElementProgram } from '../webgpuPrograms.ts';
import { REPLACE_ROWS_KERNEL } from './op.ts';

const REPLACE = `
  fn compute(at : i32) {
    let width = uniforms.outShape.y;
    let row = at / width;
    let position = inverse[row];
    if (position < 0) {
      result[at] = table[at];
    } else {
      result[at] = rows[position * width + at - row * width];
    }
  }`;

export const replaceRowsWebgpuKernel: KernelConfig = {
  kernelName: REPLACE_ROWS_KERNEL,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend }) {
    const { table, rows, inverse } = inputs as Record<'table' | 'rows' | 'inverse', TensorInfo>;
    const webgpu = backend as WebGPUBackend;
    assertBindable('replaceRows', [table.shape, rows.shape, inverse.shape], webgpu);
    const count = util.sizeFromShape(table.shape);
    const program = new ElementProgram(
      {
        key: 'graphReplaceRows',
        variableNames: ['table', 'rows', 'inverse'],
        outputShape: table.shape,
        code: REPLACE,
      },
      count,
    );
    return webgpu.runWebGPUProgram(program, [table, rows, inverse], 'float32', [
      { type: 'int32', data: [count] },
    ]);
  },
};

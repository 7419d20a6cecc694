import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { getKernel, setBackend, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShapeError } from '../../../core/errors.ts';
import { registerCpuKernels } from '../cpuKernels.ts';
import { KITE } from '../kernelCases.ts';
import { SPMM_KERNEL, spmm } from './op.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { spmmContract } from './spmmContract.ts';

beforeAll(async () => {
  registerCpuKernels();
  await setBackend('cpu');
});

describe('spmm on cpu', spmmContract);

describe('spmm', () => {
  it('refuses x with another row count than the matrix has columns', () => {
    const device = uploadSparse(KITE.matrix);
    const x = tensor2d([1, 2, 3], [3, 1]);
    const expected = new ShapeError('spmm: x has 3 rows, the matrix has 4 columns.', {
      code: 'shape',
      remedy: 'Give x one row per matrix column.',
      details: { where: 'spmm', expected: [4, 'F'], received: [3, 1] },
    });
    expect(() => spmm(device, x)).toThrow(expected);
    x.dispose();
    device.dispose();
  });

  it('keeps its kernel when registered twice', () => {
    const kernel = getKernel(SPMM_KERNEL, 'cpu');
    registerCpuKernels();
    expect(getKernel(SPMM_KERNEL, 'cpu')).toBe(kernel);
  });
});

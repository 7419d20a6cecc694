import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { getKernel, setBackend, type Tensor2D, tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShapeError } from '../../../core/errors.ts';
import { registerCpuKernels } from '../cpuKernels.ts';
import { KITE } from '../kernelCases.ts';
import { spmm } from './op.ts';
import { SPMM_KERNEL } from './sparseProducts.ts';
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

  it('refuses values that are not one row per entry', () => {
    const device = uploadSparse(KITE.matrix);
    const [x, values] = [tensor2d(KITE.x, [4, 2]), tensor1d([1, 2, 3])];
    const expected = new ShapeError('spmm: there are 3 values, the matrix has 12 entries.', {
      code: 'shape',
      remedy: 'Give one value, or one row of values, per entry.',
      details: { where: 'spmm', expected: [12, 'A'], received: [3] },
    });
    expect(() => spmm(device, x, values)).toThrow(expected);
    for (const tensor of [x, values, device]) tensor.dispose();
  });

  it('refuses a width that the heads do not divide', () => {
    const device = uploadSparse(KITE.matrix);
    const [x, values] = [tensor2d(KITE.x, [4, 2]), zeros([12, 3]) as Tensor2D];
    const expected = new ShapeError('spmm: 2 columns do not split into 3 heads.', {
      code: 'shape',
      remedy: 'Choose a width that is a multiple of the number of heads.',
      details: { where: 'spmm', expected: ['N', 'multiple of heads'], received: [2, 3] },
    });
    expect(() => spmm(device, x, values)).toThrow(expected);
    for (const tensor of [x, values, device]) tensor.dispose();
  });

  it('keeps its kernel when registered twice', () => {
    const kernel = getKernel(SPMM_KERNEL, 'cpu');
    registerCpuKernels();
    expect(getKernel(SPMM_KERNEL, 'cpu')).toBe(kernel);
  });
});

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setBackend, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShapeError } from '../../../core/errors.ts';
import { registerCpuKernels } from '../cpuKernels.ts';
import { KITE } from '../kernelCases.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { spmmMax } from './op.ts';
import { spmmMaxContract } from './spmmMaxContract.ts';

beforeAll(async () => {
  registerCpuKernels();
  await setBackend('cpu');
});

describe('spmmMax on cpu', spmmMaxContract);

describe('spmmMax', () => {
  it('refuses x with another row count than the matrix has columns', () => {
    const device = uploadSparse(KITE.matrix);
    const x = tensor2d([1, 2, 3], [3, 1]);
    expect(() => spmmMax(device, x)).toThrow(
      new ShapeError('spmmMax: x has 3 rows, the matrix has 4 columns.', {
        code: 'shape',
        remedy: 'Give x one row per matrix column.',
        details: { where: 'spmmMax', expected: [4, 'F'], received: [3, 1] },
      }),
    );
    x.dispose();
    device.dispose();
  });

  it('refuses values that are not one per entry', () => {
    const device = uploadSparse(KITE.matrix);
    const [x, values] = [tensor2d(KITE.x, [4, 2]), tensor1d([1, 2, 3])];
    expect(() => spmmMax(device, x, values)).toThrow(
      new ShapeError('spmmMax: there are 3 values, the matrix has 12 entries.', {
        code: 'shape',
        remedy: 'Give one value per entry.',
        details: { where: 'spmmMax', expected: [12], received: [3] },
      }),
    );
    for (const tensor of [x, values, device]) tensor.dispose();
  });
});

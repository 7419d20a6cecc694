import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setBackend, type Tensor2D, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShapeError } from '../../../core/errors.ts';
import { registerCpuKernels } from '../cpuKernels.ts';
import { KITE } from '../kernelCases.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { sddmm } from './op.ts';
import { sddmmContract } from './sddmmContract.ts';

beforeAll(async () => {
  registerCpuKernels();
  await setBackend('cpu');
});

describe('sddmm on cpu', sddmmContract);

describe('sddmm', () => {
  it.each([
    ['a', [3, 2], [4, 2], [4, 2]],
    ['b', [4, 2], [5, 2], [4, 2]],
    ['b', [4, 2], [4, 3], [4, 2]],
  ] as const)('refuses %s of the wrong shape: a is %j, b is %j', (name, aShape, bShape, expectedShape) => {
    const device = uploadSparse(KITE.matrix);
    const [a, b] = [zeros([...aShape]) as Tensor2D, zeros([...bShape]) as Tensor2D];
    const received = [...(name === 'a' ? aShape : bShape)];
    expect(() => sddmm(device, a, b)).toThrow(
      new ShapeError(`sddmm: ${name} is [${received}]; it should be [${expectedShape}].`, {
        code: 'shape',
        remedy: 'Give a one row per matrix row and b one per matrix column, of equal width.',
        details: { where: `sddmm, ${name}`, expected: [...expectedShape], received },
      }),
    );
    for (const tensor of [a, b, device]) tensor.dispose();
  });

  it('refuses a width that the heads do not divide', () => {
    const device = uploadSparse(KITE.matrix);
    const x = tensor2d(KITE.x, [4, 2]);
    expect(() => sddmm(device, x, x, 3)).toThrow(
      new ShapeError('sddmm: 2 columns do not split into 3 heads.', {
        code: 'shape',
        remedy: 'Choose a width that is a multiple of the number of heads.',
        details: { where: 'sddmm', expected: ['N', 'multiple of heads'], received: [2, 3] },
      }),
    );
    x.dispose();
    device.dispose();
  });
});

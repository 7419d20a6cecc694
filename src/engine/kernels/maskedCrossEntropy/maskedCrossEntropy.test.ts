/** Weighted cross-entropy in Node: the contract on cpu and wasm, refusals, thread counts. */
import { tensor1d, tensor2d, tidy, valueAndGrad, type Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../../cli/engineHost.ts';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { ShapeError } from '../../../core/errors.ts';
import { startBackend } from '../../backend.ts';
import { lossCase, maskedCrossEntropyContract } from './maskedCrossEntropyContract.ts';
import { maskedCrossEntropy } from './op.ts';

describe('maskedCrossEntropy on cpu', () => {
  beforeAll(async () => {
    await startBackend('cpu', nodeEngineHost());
  });

  maskedCrossEntropyContract();

  it('refuses codes or weights without one element per row', () => {
    const logits = tensor2d([1, 2, 3, 4], [2, 2]);
    const [codes, weights] = [tensor1d([0, 1], 'int32'), tensor1d([1, 1, 1])];
    expect(() => maskedCrossEntropy(logits, codes, weights)).toThrow(
      new ShapeError('maskedCrossEntropy: weights is [3], expected [2].', {
        code: 'shape',
        remedy: 'Give weights the shape [2].',
        details: { where: 'maskedCrossEntropy', expected: [2], received: [3] },
      }),
    );
    for (const tensor of [logits, codes, weights]) tensor.dispose();
  });
});

describeOnWasm('maskedCrossEntropy', maskedCrossEntropyContract);

describe('maskedCrossEntropy on wasm', () => {
  it.each([0, 2])('gives the same bits on 1, 2 and 3 threads, exponent %i', async (gamma) => {
    const test = lossCase(20_001, 9, gamma);
    const [one, two, three] = await atThreadCounts(
      () =>
        tidy(() => {
          const [codes, weights] = [tensor1d(test.codes, 'int32'), tensor1d(test.weights)];
          const loss = (z: Tensor2D) => maskedCrossEntropy(z, codes, weights, gamma);
          const { value, grad } = valueAndGrad((z) => loss(z as Tensor2D))(
            tensor2d(test.logits, [test.rows, test.classes]),
          );
          return Float32Array.of(...value.dataSync(), ...grad.dataSync().slice(0, 90_000)) as never;
        }) as unknown as Float32Array,
    );
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

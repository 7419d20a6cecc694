/** Softmax per row in Node: the contract on cpu and wasm, refusals, thread counts. */
import { tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../../cli/engineHost.ts';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { ShapeError } from '../../../core/errors.ts';
import { startBackend } from '../../backend.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { segmentSoftmax } from './op.ts';
import { hubPattern, KITE_PATTERN, normals } from './segmentCases.ts';
import { segmentSoftmaxContract } from './segmentSoftmaxContract.ts';

describe('segmentSoftmax on cpu', () => {
  beforeAll(async () => {
    await startBackend('cpu', nodeEngineHost());
  });

  segmentSoftmaxContract();

  it('refuses scores with another row count than the matrix has entries', () => {
    const device = uploadSparse(KITE_PATTERN.matrix);
    const scores = tensor2d([1, 2, 3], [3, 1]);
    expect(() => segmentSoftmax(device, scores)).toThrow(
      new ShapeError('segmentSoftmax: scores is [3, 1], expected [12, A].', {
        code: 'shape',
        remedy: 'Give scores the shape [12, A].',
        details: { where: 'segmentSoftmax', expected: [12, 'A'], received: [3, 1] },
      }),
    );
    scores.dispose();
    device.dispose();
  });
});

describeOnWasm('segmentSoftmax', segmentSoftmaxContract);

describe('segmentSoftmax on wasm', () => {
  it.each([1, 3, 8])('gives the same bits on 1, 2 and 3 threads with %i heads', async (heads) => {
    const { matrix } = hubPattern(30_000);
    const scores = normals(matrix.colIndex.length * heads, 45);
    const [one, two, three] = await atThreadCounts(() => {
      const device = uploadSparse(matrix);
      const shape: [number, number] = [matrix.colIndex.length, heads];
      const alpha = tidy(() => segmentSoftmax(device, tensor2d(scores, shape)).dataSync());
      device.dispose();
      return alpha as Float32Array;
    });
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

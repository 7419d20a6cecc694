/** Additive attention in Node: the contract on cpu and wasm, refusals, thread counts. */
import { grads, type Tensor, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../../cli/engineHost.ts';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { ShapeError } from '../../../core/errors.ts';
import { startBackend } from '../../backend.ts';
import { hubPattern, KITE_PATTERN, normals } from '../segmentSoftmax/segmentCases.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { additiveAttentionContract } from './additiveAttentionContract.ts';
import { additiveAttention } from './op.ts';

describe('additiveAttention on cpu', () => {
  beforeAll(async () => {
    await startBackend('cpu', nodeEngineHost());
  });

  additiveAttentionContract();

  it('refuses operands that do not fit the matrix or the attention', () => {
    const device = uploadSparse(KITE_PATTERN.matrix);
    const [fits, tooFew, attention] = [
      tensor2d(normals(16, 1), [4, 4]),
      tensor2d(normals(12, 1), [3, 4]),
      tensor2d(normals(4, 1), [2, 2]),
    ];
    const error = (name: string): ShapeError =>
      new ShapeError(`additiveAttention: ${name} is [3, 4], expected [4, 4].`, {
        code: 'shape',
        remedy: `Give ${name} the shape [4, 4].`,
        details: { where: 'additiveAttention', expected: [4, 4], received: [3, 4] },
      });
    expect(() => additiveAttention(device, tooFew, fits, attention, 0.2)).toThrow(error('receiver'));
    expect(() => additiveAttention(device, fits, tooFew, attention, 0.2)).toThrow(error('sender'));
    for (const tensor of [fits, tooFew, attention, device]) tensor.dispose();
  });
});

describeOnWasm('additiveAttention', additiveAttentionContract);

describe('additiveAttention on wasm', () => {
  it('gives the same bits on 1, 2 and 3 threads, gradients included', async () => {
    const { matrix } = hubPattern(30_000);
    const width = 6;
    const operands = [normals(matrix.rows * width, 68), normals(matrix.cols * width, 69)] as const;
    const [one, two, three] = await atThreadCounts(() => {
      const device = uploadSparse(matrix);
      const parts = tidy(() => {
        const given = operands.map((values) => tensor2d(values, [matrix.rows, width]));
        const attention = tensor2d(normals(width, 70), [2, 3]);
        const scores = (...inputs: Tensor[]) =>
          additiveAttention(device, ...(inputs as [Tensor2D, Tensor2D, Tensor2D]), 0.2);
        const all = [scores(...given, attention), ...grads(scores)([...given, attention])];
        return all.map((tensor) => tensor.dataSync()) as unknown as Tensor[];
      }) as unknown as Float32Array[];
      device.dispose();
      return Float32Array.from(parts.flatMap((part) => Array.from(part)));
    });
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

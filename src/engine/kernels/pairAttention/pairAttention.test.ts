/** Pair attention in Node: the contract on cpu and wasm, refusals. */
import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../../cli/engineHost.ts';
import { describeOnWasm } from '../../../cli/wasmTesting.ts';
import { ShapeError } from '../../../core/errors.ts';
import { startBackend } from '../../backend.ts';
import { KITE_PATTERN } from '../segmentSoftmax/segmentCases.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { pairAttention } from './op.ts';
import { pairAttentionContract } from './pairAttentionContract.ts';

describe('pairAttention on cpu', () => {
  beforeAll(async () => {
    await startBackend('cpu', nodeEngineHost());
  });

  pairAttentionContract();

  it('refuses ends of different width', () => {
    const device = uploadSparse(KITE_PATTERN.matrix);
    const [receiver, sender] = [tensor2d([1, 2, 3, 4], [4, 1]), tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2])];
    expect(() => pairAttention(device, receiver, sender, 0.2)).toThrow(
      new ShapeError('pairAttention: sender is [4, 2], expected [4, 1].', {
        code: 'shape',
        remedy: 'Give sender the shape [4, 1].',
        details: { where: 'pairAttention', expected: [4, 1], received: [4, 2] },
      }),
    );
    for (const tensor of [receiver, sender, device]) tensor.dispose();
  });
});

describeOnWasm('pairAttention', pairAttentionContract);

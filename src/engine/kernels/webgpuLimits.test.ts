import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { describe, expect, it } from 'vitest';
import { LimitError } from '../../core/errors.ts';
import { assertBindable } from './webgpuLimits.ts';

const backend = { device: { limits: { maxStorageBufferBindingSize: 128 } } } as Pick<WebGPUBackend, 'device'>;

describe('assertBindable', () => {
  it('accepts tensors up to the limit', () => {
    expect(() => assertBindable('spmm', [[8, 4], [0, 9], []], backend)).not.toThrow();
  });

  it('names the kernel, the tensor and both sizes', () => {
    expect(() =>
      assertBindable(
        'spmm',
        [
          [8, 4],
          [11, 3],
        ],
        backend,
      ),
    ).toThrow(
      new LimitError('spmm: a tensor of 11 × 3 takes 132 bytes; this graphics device binds 128.', {
        code: 'webgpu-binding',
        remedy: 'Use WASM, or fewer hidden units.',
        details: { where: 'spmm', shape: [11, 3], sizeBytes: 132, limitBytes: 128 },
      }),
    );
  });
});

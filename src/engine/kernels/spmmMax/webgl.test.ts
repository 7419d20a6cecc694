import type { TensorInfo } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { LimitError } from '../../../core/errors.ts';
import { spmmMaxGatherWebglKernel, spmmMaxWebglKernel } from './webgl.ts';

const ENTRIES = 16_777_217;
const info = (...shape: number[]): TensorInfo => ({ dataId: {}, shape, dtype: 'float32' });

describe('spmmMax on webgl', () => {
  it('refuses entry numbers that a float32 texture cannot hold, before any data is touched', () => {
    const [colIndex, values, perm] = [info(ENTRIES), info(ENTRIES), info(ENTRIES)];
    const [argmax, gradient] = [info(2, 1), info(2, 1)];
    const expected = new LimitError(
      `A sparse matrix of 2 × 3 with ${ENTRIES} entries is too large for WebGL, whose indices are exact up to 16,777,216.`,
      {
        code: 'webgl-index',
        remedy: 'Use WASM or WebGPU.',
        details: { rows: 2, cols: 3, entries: ENTRIES, limit: ENTRIES - 1 },
      },
    );
    const forward = { rowPtr: info(3), colIndex, values, x: info(3, 1) };
    expect(() => spmmMaxWebglKernel.kernelFunc({ inputs: forward, backend: {} })).toThrow(expected);
    const backward = { rowPtr: info(4), colIndex, perm, values, argmax, gradient };
    expect(() => spmmMaxGatherWebglKernel.kernelFunc({ inputs: backward, backend: {} })).toThrow(expected);
  });
});

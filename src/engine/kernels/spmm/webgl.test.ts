import type { TensorInfo } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { LimitError } from '../../../core/errors.ts';
import { spmmWebglKernel } from './webgl.ts';

const LIMIT = 16_777_216;
const info = (...shape: number[]): TensorInfo => ({ dataId: {}, shape, dtype: 'float32' });

/** Runs the kernel on shapes alone: the check comes before any data is touched. */
function run(rows: number, cols: number, entries: number): unknown {
  const [colIndex, values] = [info(entries), info(entries)];
  const inputs = { rowPtr: info(rows + 1), colIndex, values, x: info(cols, 1) };
  return spmmWebglKernel.kernelFunc({ inputs, backend: {} });
}

describe('spmm on webgl', () => {
  it.each([
    [LIMIT + 1, 1, 1],
    [1, LIMIT + 1, 1],
    [1, 1, LIMIT + 1],
  ])(
    'refuses %i × %i with %i entries, whose indices a float32 texture cannot hold',
    (rows, cols, entries) => {
      expect(() => run(rows, cols, entries)).toThrow(
        new LimitError(
          `A sparse matrix of ${rows} × ${cols} with ${entries} entries is too large for WebGL, whose indices are exact up to 16,777,216.`,
          {
            code: 'webgl-index',
            remedy: 'Use WASM or WebGPU.',
            details: { rows, cols, entries, limit: LIMIT },
          },
        ),
      );
    },
  );
});

/** The dense product in Node: WASM kernels and stock operations against plain loops, thread counts, fresh weights. */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend, type Tensor2D, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { beyondRounding, denseContract, normals } from './denseContract.ts';
import { columnSums, inputGradient, linear } from './op.ts';
import { columnSumsReference, linearReference, transposed } from './reference.ts';

const read = (compute: () => Tensor2D): Float32Array => tidy(() => compute().dataSync()) as Float32Array;

function agreesAtRandom(rows: number, inner: number, columns: number): void {
  const [x, w, bias] = [normals(rows * inner, 1), normals(inner * columns, 2), normals(columns, 3)];
  const product = read(() =>
    linear(tensor2d(x, [rows, inner]), tensor2d(w, [inner, columns]), tensor1d(bias)),
  );
  expect(beyondRounding(product, linearReference(x, w, bias, rows, inner, columns), inner)).toBeNull();
  const back = read(() => inputGradient(tensor2d(product, [rows, columns]), tensor2d(w, [inner, columns])));
  const expected = linearReference(product, transposed(w, inner, columns), null, rows, columns, inner);
  // The incoming gradient is itself as large as √inner.
  expect(beyondRounding(back, expected, columns * (inner + 1))).toBeNull();
}

describeOnWasm('linear', () => {
  denseContract();

  it('agrees for random sizes', () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), size, size, agreesAtRandom), {
      numRuns: 60,
      seed: 1,
    });
  });

  it('agrees for sums over many rows', () => {
    const values = normals(70_000 * 5, 8).map((value) => value + 3);
    const sums = tidy(() => columnSums(tensor2d(values, [70_000, 5])).dataSync());
    const expected = columnSumsReference(values, 70_000, 5);
    sums.forEach((sum, column) => {
      expect(Math.abs(sum / (expected[column] as number) - 1)).toBeLessThan(1e-6);
    });
  });

  it('leaves neighbours of a tail alone when values are not finite', () => {
    const x = tensor2d([Infinity, 1], [2, 1]);
    const w = tensor2d([1, 0, 0, 0, 0, 0, 2, 0, 0], [1, 9]);
    const rows = read(() => linear(x, w));
    expect(Array.from(rows.subarray(0, 9))).toEqual([Infinity, NaN, NaN, NaN, NaN, NaN, Infinity, NaN, NaN]);
    expect(Array.from(rows.subarray(9))).toEqual([1, 0, 0, 0, 0, 0, 2, 0, 0]);
    x.dispose();
    w.dispose();
  });
});

describe('linear on stock operations', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });
  denseContract();
});

describe('linear on wasm', () => {
  it('gives the same bits on 1, 2 and 3 threads, in every direction', async () => {
    const [x, w, bias] = [normals(5003 * 37, 7), normals(37 * 45, 8), normals(45, 9)];
    const results = await atThreadCounts(() => {
      const product = read(() => linear(tensor2d(x, [5003, 37]), tensor2d(w, [37, 45]), tensor1d(bias)));
      const back = read(() => inputGradient(tensor2d(product, [5003, 45]), tensor2d(w, [37, 45])));
      const sums = tidy(() => columnSums(tensor2d(product, [5003, 45])).dataSync());
      const all = new Float32Array(product.length + back.length + sums.length);
      all.set(product);
      all.set(back, product.length);
      all.set(sums, product.length + back.length);
      return all;
    });
    expectSameBits(results[1] as Float32Array, results[0] as Float32Array);
    expectSameBits(results[2] as Float32Array, results[0] as Float32Array);
  });
});

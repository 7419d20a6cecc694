/** Xᵀ·G: the WASM kernel and stock operations against plain loops, thread counts. */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend, tensor2d, tidy } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawNormal } from '../../../core/random.ts';
import { atThreadCounts, describeOnWasm, expectClose, expectSameBits } from '../../../cli/wasmTesting.ts';
import { weightGradient } from './op.ts';
import { weightGradientReference } from './reference.ts';

const normals = (size: number, key: number): Float32Array =>
  Float32Array.from({ length: size }, (_, element) => drawNormal(key, element));

function computed(x: Float32Array, g: Float32Array, rows: number, inputs: number, columns: number) {
  return tidy(() =>
    weightGradient(tensor2d(x, [rows, inputs]), tensor2d(g, [rows, columns])).dataSync(),
  ) as Float32Array;
}

function expectAgreement(rows: number, inputs: number, columns: number): void {
  const x = normals(rows * inputs, 1);
  const g = normals(rows * columns, 2);
  const expected = weightGradientReference(x, g, rows, inputs, columns);
  // Rounding of a sum of `rows` products of size about 1.
  expectClose(computed(x, g, rows, inputs, columns), expected, 2e-6 * Math.sqrt(rows + 1));
}

describeOnWasm('weightGradient', () => {
  // Chunks of 128 rows, tiles of 4 × 8, 4 × 4 and less, overlapping tails.
  it.each([
    [1, 1, 1],
    [3, 5, 2],
    [7, 16, 7],
    [255, 8, 8],
    [256, 9, 12],
    [127, 8, 8],
    [129, 9, 12],
    [257, 10, 13],
    [700, 3, 3],
    [300, 6, 1],
    [0, 4, 5],
    [64, 1, 513],
  ])('agrees for X [%i, %i] and %i columns', expectAgreement);

  it('agrees for random sizes', () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(fc.property(fc.nat(600), size, size, expectAgreement), { numRuns: 60, seed: 1 });
  });

  it('leaves neighbours of a tail alone when values are not finite', () => {
    const x = new Float32Array(8).fill(Infinity);
    const g = Float32Array.of(1, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 2);
    const out = computed(x, g, 2, 4, 7);
    expect(Array.from(out.subarray(0, 7))).toEqual([Infinity, NaN, NaN, NaN, NaN, NaN, Infinity]);
  });
});

describe('weightGradient on stock operations', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });
  it.each([
    [3, 5, 2],
    [257, 10, 13],
  ])('agrees for X [%i, %i] and %i columns', expectAgreement);
});

describe('weightGradient on wasm', () => {
  it('gives the same bits on 1, 2 and 3 threads', async () => {
    const [x, g] = [normals(5000 * 37, 7), normals(5000 * 13, 8)];
    const [one, two, three] = await atThreadCounts(() => computed(x, g, 5000, 37, 13));
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

/** The WASM kernel of spmm: the contract of every device, then widths, random matrices and thread counts. */
import { dispose, grads, type Tensor, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawNormal, randomSequence, STREAM } from '../../../core/random.ts';
import { groupBy, type SparseMatrix } from '../../../core/sparseMatrix.ts';
import { spmmDisagreement } from '../kernelCases.ts';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { spmm } from './op.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { spmmContract } from './spmmContract.ts';

/** Entries at random places. */
function randomMatrix(rows: number, cols: number, entries: number, seed: number): SparseMatrix {
  const sequence = randomSequence(seed, STREAM.generator);
  const rowOf = Int32Array.from({ length: entries }, () => sequence.below(rows));
  return {
    rows,
    cols,
    rowPtr: groupBy(rowOf, rows).ptr,
    colIndex: Int32Array.from({ length: entries }, () => sequence.below(cols)),
    values: Float32Array.from({ length: entries }, () => sequence.normal()),
  };
}

function product(matrix: SparseMatrix, x: Float32Array, width: number): Float32Array {
  const sparse = uploadSparse(matrix);
  const out = tidy(() => spmm(sparse, tensor2d(x, [matrix.cols, width])).dataSync());
  sparse.dispose();
  return out as Float32Array;
}

/** Output, gradient for x and gradient for the values of a product with heads, one after the other. */
function headsProducts(matrix: SparseMatrix, width: number, heads: number): Float32Array {
  const sparse = uploadSparse(matrix);
  const values = tensor2d(normals(sparse.numEntries * heads, 31), [sparse.numEntries, heads]);
  const x = tensor2d(normals(matrix.cols * width, 32), [matrix.cols, width]);
  const g = tensor2d(normals(matrix.rows * width, 33), [matrix.rows, width]);
  const parts = tidy(() => {
    const product = (input: Tensor, weights: Tensor) => spmm(sparse, input as Tensor2D, weights as Tensor2D);
    const [dx, dvalues] = grads(product)([x, values], g) as [Tensor, Tensor];
    return [product(x, values), dx, dvalues].flatMap((tensor) => [...tensor.dataSync()]);
  });
  dispose([values, x, g]);
  sparse.dispose();
  return Float32Array.from(parts);
}

const normals = (size: number, key: number): Float32Array =>
  Float32Array.from({ length: size }, (_, element) => drawNormal(key, element));

function expectAgreement(matrix: SparseMatrix, width: number, seed: number): void {
  const x = normals(matrix.cols * width, seed);
  const { rowPtr, colIndex, values } = matrix;
  const out = product(matrix, x, width);
  expect(spmmDisagreement(out, rowPtr, colIndex, values as Float32Array, null, x, width)).toBeNull();
}

describeOnWasm('spmm', () => {
  spmmContract();

  // Every way to cover a width by groups of 8, 4, 2 and 1 vectors and an overlapping last one.
  it.each(Array.from({ length: 70 }, (_, width) => width + 1))('agrees at width %i', (width) => {
    expectAgreement(randomMatrix(23, 17, 90, width), width, width);
  });

  // Heads narrower than a vector, covered exactly, overlapping, and more vectors than a group of four.
  it.each([1, 2, 3, 4, 5, 7, 8, 12, 13, 17])('agrees with heads of %i columns', (headWidth) => {
    for (const heads of [2, 3, 8]) {
      const width = heads * headWidth;
      const matrix = randomMatrix(70, 17, 300, headWidth);
      const out = headsProducts(matrix, width, heads).subarray(0, 70 * width);
      const { rowPtr, colIndex } = matrix;
      const [values, x] = [normals(300 * heads, 31), normals(17 * width, 32)];
      expect(spmmDisagreement(out, rowPtr, colIndex, values, null, x, width, heads)).toBeNull();
    }
  });

  it('agrees on random matrices', () => {
    const size = fc.integer({ min: 1, max: 60 });
    const matrices = fc.record({ rows: size, cols: size, entries: fc.nat(300), width: size, seed: fc.nat() });
    fc.assert(
      fc.property(matrices, ({ rows, cols, entries, width, seed }) =>
        expectAgreement(randomMatrix(rows, cols, entries, seed), width, seed),
      ),
      { numRuns: 100, seed: 1 },
    );
  });
});

describe('spmm on wasm', () => {
  it('gives the same bits on 1, 2 and 3 threads', async () => {
    const matrix = randomMatrix(3000, 3000, 60_000, 21);
    const x = normals(3000 * 50, 22);
    const [one, two, three] = await atThreadCounts(() => product(matrix, x, 50));
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });

  it('gives the same bits with heads on 1, 2 and 3 threads, gradients included', async () => {
    const matrix = randomMatrix(2000, 2000, 50_000, 23);
    const [one, two, three] = await atThreadCounts(() => headsProducts(matrix, 40, 8));
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

/** The WASM kernel of spmmMax: the contract of every device, then widths, NaN and thread counts. */
import { grad, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { drawNormal, randomSequence, STREAM } from '../../../core/random.ts';
import { groupBy, type SparseMatrix } from '../../../core/sparseMatrix.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { spmmMax } from './op.ts';
import { spmmMaxReference } from './reference.ts';
import { spmmMaxContract } from './spmmMaxContract.ts';

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

const normals = (size: number, key: number): Float32Array =>
  Float32Array.from({ length: size }, (_, element) => drawNormal(key, element));

/** The maxima followed by the gradient for x. */
function maximaAndGradient(matrix: SparseMatrix, x: Float32Array, width: number): Float32Array {
  const sparse = uploadSparse(matrix);
  const parts = tidy(() => {
    const input = tensor2d(x, [matrix.cols, width]);
    const g = tensor2d(normals(matrix.rows * width, 5), [matrix.rows, width]);
    const gradient = grad((source) => spmmMax(sparse, source as Tensor2D))(input, g);
    return [...spmmMax(sparse, input).dataSync(), ...gradient.dataSync()];
  });
  sparse.dispose();
  return Float32Array.from(parts);
}

describeOnWasm('spmmMax', () => {
  spmmMaxContract();

  // Groups of four vectors, single vectors and an overlapping last one.
  it.each(Array.from({ length: 40 }, (_, width) => width + 1))('agrees at width %i', (width) => {
    const matrix = randomMatrix(23, 17, 90, width);
    const x = normals(17 * width, width);
    const expected = spmmMaxReference(
      matrix.rowPtr,
      matrix.colIndex,
      matrix.values as Float32Array,
      x,
      width,
    );
    const maxima = maximaAndGradient(matrix, x, width).subarray(0, 23 * width);
    expectSameBits(maxima, expected.out);
  });

  it.each([1, 5, 16])('lets NaN win at width %i, whatever its place among the neighbours', (width) => {
    const matrix: SparseMatrix = {
      rows: 3,
      cols: 3,
      rowPtr: Int32Array.of(0, 3, 6, 9),
      colIndex: Int32Array.of(0, 1, 2, 1, 0, 2, 2, 1, 0),
      values: null,
    };
    const x = normals(3 * width, 1);
    x.fill(Number.NaN, width, 2 * width);
    const maxima = maximaAndGradient(matrix, x, width).subarray(0, 3 * width);
    expect(maxima.every(Number.isNaN)).toBe(true);
  });
});

describe('spmmMax on wasm', () => {
  it.each([20, 64])('gives the same bits on 1, 2 and 3 threads at width %i', async (width) => {
    const matrix = randomMatrix(3000, 3000, 60_000, 21);
    const x = normals(3000 * width, 22);
    const results = await atThreadCounts(() => maximaAndGradient(matrix, x, width));
    const [one, two, three] = results as [Float32Array, Float32Array, Float32Array];
    expectSameBits(two, one);
    expectSameBits(three, one);
  });
});

/** The WASM kernel of sddmm: the contract of every device, then widths and thread counts. */
import { type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { drawNormal, randomSequence, STREAM } from '../../../core/random.ts';
import { groupBy, type SparseMatrix } from '../../../core/sparseMatrix.ts';
import { disagreement } from '../kernelCases.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { sddmm } from './op.ts';
import { sddmmReference } from './reference.ts';
import { sddmmContract } from './sddmmContract.ts';

function randomPattern(rows: number, cols: number, entries: number, seed: number): SparseMatrix {
  const sequence = randomSequence(seed, STREAM.generator);
  const rowOf = Int32Array.from({ length: entries }, () => sequence.below(rows));
  const colIndex = Int32Array.from({ length: entries }, () => sequence.below(cols));
  return { rows, cols, rowPtr: groupBy(rowOf, rows).ptr, colIndex, values: null };
}

const normals = (size: number, key: number): Float32Array =>
  Float32Array.from({ length: size }, (_, element) => drawNormal(key, element));

function scores(pattern: SparseMatrix, a: Float32Array, b: Float32Array, heads: number): Float32Array {
  const sparse = uploadSparse(pattern);
  const width = a.length / pattern.rows;
  const operand = (values: Float32Array, rows: number): Tensor2D => tensor2d(values, [rows, width]);
  const out = tidy(() => sddmm(sparse, operand(a, pattern.rows), operand(b, pattern.cols), heads).dataSync());
  sparse.dispose();
  return out as Float32Array;
}

describeOnWasm('sddmm', () => {
  sddmmContract();

  // Every remainder of the groups of eight and four columns, and of the groups of four heads.
  it.each(Array.from({ length: 35 }, (_, width) => width + 1))(
    'agrees with heads of %i columns',
    (headWidth) => {
      for (const heads of [1, 3, 6]) {
        const width = heads * headWidth;
        const pattern = randomPattern(9, 7, 60, width);
        const [a, b] = [normals(9 * width, 1), normals(7 * width, 2)];
        const { rowPtr, colIndex } = pattern;
        const expected = sddmmReference(rowPtr, colIndex, a, b, width, heads);
        const sizes = sddmmReference(rowPtr, colIndex, a.map(Math.abs), b.map(Math.abs), width, heads);
        expect(disagreement(scores(pattern, a, b, heads), expected, sizes, heads)).toBeNull();
      }
    },
  );
});

describe('sddmm on wasm', () => {
  it('gives the same bits on 1, 2 and 3 threads', async () => {
    const pattern = randomPattern(3000, 3000, 60_000, 21);
    const [a, b] = [normals(3000 * 40, 1), normals(3000 * 40, 2)];
    const [one, two, three] = await atThreadCounts(() => scores(pattern, a, b, 8));
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SparseMatrix } from '../sparseMatrix.ts';
import { groupBy } from '../sparseMatrix.ts';
import { sparseProduct } from './sparseProduct.ts';

type Entry = readonly [row: number, col: number, value: number];

function fromEntries(rows: number, cols: number, entries: readonly Entry[]): SparseMatrix {
  const { ptr, perm } = groupBy(
    Int32Array.from(entries, ([row]) => row),
    rows,
  );
  const ordered = [...perm].map((entry) => entries[entry] as Entry);
  return {
    rows,
    cols,
    rowPtr: ptr,
    colIndex: Int32Array.from(ordered, ([, col]) => col),
    values: Float32Array.from(ordered, ([, , value]) => value),
  };
}

function toDense({ rows, cols, rowPtr, colIndex, values }: SparseMatrix): number[][] {
  const dense = Array.from({ length: rows }, () => new Array<number>(cols).fill(0));
  for (let row = 0; row < rows; row++) {
    for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
      const line = dense[row] as number[];
      const col = colIndex[k] as number;
      line[col] = (line[col] as number) + (values === null ? 1 : (values[k] as number));
    }
  }
  return dense;
}

const matrix = (rows: number, cols: number): fc.Arbitrary<SparseMatrix> =>
  fc
    .array(fc.tuple(fc.nat(rows - 1), fc.nat(cols - 1), fc.integer({ min: -8, max: 8 })), { maxLength: 40 })
    .map((entries) => fromEntries(rows, cols, entries));

describe('sparseProduct', () => {
  it('equals the dense product, parallel entries and empty rows included', () => {
    fc.assert(
      fc.property(matrix(5, 6), matrix(6, 4), (a, b) => {
        const [left, right] = [toDense(a), toDense(b)];
        const expected = left.map((line) =>
          Array.from({ length: 4 }, (_, col) =>
            line.reduce((sum, value, inner) => sum + value * ((right[inner] as number[])[col] as number), 0),
          ),
        );
        expect(toDense(sparseProduct(a, b) as SparseMatrix)).toEqual(expected);
      }),
    );
  });

  it('stores each column of a row once, in ascending order', () => {
    const a = fromEntries(1, 2, [
      [0, 1, 2],
      [0, 0, 1],
    ]);
    const b = fromEntries(2, 3, [
      [0, 2, 1],
      [0, 0, 1],
      [1, 2, 3],
    ]);
    const product = sparseProduct(a, b) as SparseMatrix;
    expect([...product.colIndex]).toEqual([0, 2]);
    expect([...(product.values ?? [])]).toEqual([1, 7]);
  });

  it('takes matrices without values as patterns of ones', () => {
    const pattern = {
      ...fromEntries(2, 2, [
        [0, 0, 5],
        [0, 1, 5],
        [1, 1, 5],
      ]),
      values: null,
    };
    expect(toDense(sparseProduct(pattern, pattern) as SparseMatrix)).toEqual([
      [1, 2],
      [0, 1],
    ]);
  });

  it('gives up when there would be more entries than allowed, and not before', () => {
    const a = fromEntries(2, 2, [
      [0, 0, 1],
      [0, 1, 1],
      [1, 0, 1],
    ]);
    expect(sparseProduct(a, a, 3)).toBeNull();
    expect(sparseProduct(a, a, 4)?.colIndex.length).toBe(4);
  });
});

/**
 * What the row-sparse optimiser steps share: the rows of a table that a batch touches, and putting new rows into a table on
 * backends whose tensors cannot be changed in place (WebGL, WebGPU).
 */
import { engine, type Tensor, type Tensor1D, type Tensor2D, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { ParameterError, ShapeError } from '../../../core/errors.ts';
import { GATHER_ROWS_KERNEL } from '../gatherRows/op.ts';

/**
 * Inputs `table` [T, F], `rows` [B, F], `inverse` [T] int32: out[t, :] = inverse[t] < 0 ? table[t, :] : rows[inverse[t], :].
 * WebGL and WebGPU only.
 */
export const REPLACE_ROWS_KERNEL = 'GraphReplaceRows';

/** The distinct rows among a batch's indices, ascending, and for each index which of them it is. */
export interface DistinctRows {
  /** [D] ascending */
  readonly rows: Int32Array;
  /** [B] position in `rows`; with `uploadRowGroups(groupOf, D)`, `scatterAddRows` sums the gradients of duplicates. */
  readonly groupOf: Int32Array;
}

/** Sorts and removes duplicates; the input is left alone. O(B log B). */
export function distinctRows(indices: Int32Array): DistinctRows {
  const rows = indices.slice().sort();
  let count = 0;
  for (const row of rows) {
    if (count === 0 || row !== rows[count - 1]) rows[count++] = row;
  }
  const distinct = rows.slice(0, count);
  const position = new Map<number, number>();
  distinct.forEach((row, at) => position.set(row, at));
  return { rows: distinct, groupOf: indices.map((row) => position.get(row) as number) };
}

/**
 * Checks what in-place kernels must be able to trust.
 * @throws {ShapeError}     the gradient is not [rows.length, F] for a table of width F
 * @throws {ParameterError} a row is out of range, or the rows do not ascend strictly
 */
export function checkRows(where: string, table: Tensor, rows: Int32Array, gradient: Tensor): void {
  const [numRows, width] = table.shape as [number, number];
  if (gradient.shape.join() !== `${rows.length},${width}`) {
    throw new ShapeError(
      `${where}: gradient is [${gradient.shape}], the batch is [${rows.length},${width}].`,
      {
        code: 'shape',
        remedy: 'Give the gradient one row per table row, as wide as the table.',
        details: { where, expected: [rows.length, width], received: gradient.shape },
      },
    );
  }
  rows.forEach((row, at) => {
    if (row > (at === 0 ? -1 : (rows[at - 1] as number)) && row < numRows) return;
    throw new ParameterError(
      `${where}: row ${row} at position ${at} of the batch, in a table of ${numRows} rows.`,
      {
        code: 'table-rows',
        remedy: 'Give distinct rows of the table in ascending order (distinctRows).',
        details: { where, row, at, numRows },
      },
    );
  });
}

/** Rows of a batch on the device, for steps that make new tensors. */
export interface BatchRows {
  /** [B, F] rows of a table. */
  read(table: Tensor2D): Tensor2D;
  /** The table with those rows replaced: one pass over it. */
  replaced(table: Tensor2D, rows: Tensor2D): Tensor2D;
}

/** Runs `step` in a tidy with the batch's rows uploaded. O(T + B) memory. */
export function withBatchRows(numRows: number, rows: Int32Array, step: (batch: BatchRows) => void): void {
  const inverse = new Int32Array(numRows).fill(-1);
  rows.forEach((row, at) => {
    inverse[row] = at;
  });
  tidy(() => {
    const index: Tensor1D = tensor1d(rows, 'int32');
    const positions: Tensor1D = tensor1d(inverse, 'int32');
    step({
      read: (table) => engine().runKernel(GATHER_ROWS_KERNEL, { x: table, index }) as Tensor2D,
      replaced: (table, replacement) =>
        engine().runKernel(REPLACE_ROWS_KERNEL, {
          table,
          rows: replacement,
          inverse: positions,
        }) as Tensor2D,
    });
  });
}

/**
 * Adagrad on the rows of an embedding table that a batch touches, with one accumulator per row, so that the optimiser of a
 * table of T rows keeps T numbers. In place on WASM and CPU; on WebGL and WebGPU both tensors are written anew.
 */
import {
  add,
  div,
  engine,
  getBackend,
  getKernel,
  mean,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  type Tensor,
  type Tensor2D,
  tensor1d,
  type Variable,
} from '@tensorflow/tfjs-core';
import { ShapeError } from '../../../core/errors.ts';
import { checkRows, withBatchRows } from '../tableRows/op.ts';

export const ROW_ADAGRAD_KERNEL = 'GraphRowAdagradStep';

export interface RowAdagradOptions {
  readonly learningRate: number;
  /** Added to the root of the accumulator; default 1e-10. */
  readonly epsilon?: number;
}

/**
 * For each given row: a ← a + mean_k(g_k²), row ← row − η·g / (√a + ε); other rows stay as they are.
 *
 * Source: Duchi et al. 2011, "Adaptive Subgradient Methods", https://jmlr.org/papers/v12/duchi11a.html, with the mean over
 * a row as in DGL-KE.
 * @param table       [T, F] float32, owned by the optimiser alone
 * @param accumulator [T], starts at 0
 * @param rows        distinct rows, ascending (`distinctRows`)
 * @param gradient    [B, F] one row for each of `rows`, duplicates summed before; left alone
 * @throws {ShapeError}     shapes differ
 * @throws {ParameterError} rows out of range, or not strictly ascending
 * NOTE: in place on WASM and CPU, as rowAdamStep/op.ts says.
 * Deterministic on every backend. O(B·F) time on WASM and CPU, O(T·F) on WebGL and WebGPU.
 */
export function rowAdagradStep(
  table: Variable,
  accumulator: Variable,
  rows: Int32Array,
  gradient: Tensor2D,
  { learningRate, epsilon = 1e-10 }: RowAdagradOptions,
): void {
  const [numRows] = table.shape as [number, number];
  if (accumulator.shape.join() !== `${numRows}`) {
    throw new ShapeError(
      `rowAdagradStep: accumulator is [${accumulator.shape}], the table is [${table.shape}].`,
      {
        code: 'shape',
        remedy: 'Give the accumulator one value per row of the table.',
        details: { where: 'rowAdagradStep', expected: [numRows], received: accumulator.shape },
      },
    );
  }
  checkRows('rowAdagradStep', table, rows, gradient);
  if (gradient.size === 0) return;
  if (getKernel(ROW_ADAGRAD_KERNEL, getBackend())) {
    const index = tensor1d(rows, 'int32');
    const inputs = { table, accumulator, rows: index, gradient } as Record<string, Tensor>;
    engine().runKernel(ROW_ADAGRAD_KERNEL, inputs, { learningRate, epsilon });
    index.dispose();
    return;
  }
  withBatchRows(numRows, rows, ({ read, replaced }) => {
    const all = table as unknown as Tensor2D;
    const column = reshape(accumulator, [numRows, 1]) as Tensor2D;
    const sums = add(read(column), mean(square(gradient), 1, true)) as Tensor2D;
    const step = mul(div(gradient, add(sqrt(sums), epsilon)), learningRate);
    table.assign(replaced(all, sub(read(all), step) as Tensor2D));
    accumulator.assign(reshape(replaced(column, sums), [numRows]));
  });
}

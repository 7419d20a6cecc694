/**
 * Adam on the rows of an embedding table that a batch touches ("lazy" Adam). In place on WASM and CPU; on WebGL and WebGPU
 * the table is written anew, once per tensor.
 */
import {
  add,
  div,
  engine,
  getBackend,
  getKernel,
  mul,
  sqrt,
  square,
  sub,
  type Tensor,
  type Tensor2D,
  tensor1d,
  type Variable,
} from '@tensorflow/tfjs-core';
import { ShapeError } from '../../../core/errors.ts';
import { type AdamOptions, adamScalars } from '../adamStep/op.ts';
import { checkRows, withBatchRows } from '../tableRows/op.ts';

export const ROW_ADAM_KERNEL = 'GraphRowAdamStep';

/**
 * Takes one Adam step (see adamStep/op.ts) on the given rows; other rows and their moments stay as they are. Bias is
 * corrected by the global step, so that a row seen first late starts with a long step no longer than η.
 *
 * @param table    [T, F] float32, and its moments [T, F], which start at 0; all owned by the optimiser alone
 * @param rows     distinct rows, ascending (`distinctRows`)
 * @param gradient [B, F] one row for each of `rows`, duplicates summed before; left alone
 * @param options  `weightDecay` acts on the touched rows only
 * @throws {ShapeError}     shapes differ
 * @throws {ParameterError} rows out of range, or not strictly ascending
 * NOTE: on WASM and CPU data change in place. Clones share them, and stock matMul on WASM may go on using an old packed copy
 * of the table; `linear`, `spmm` and `gatherRows` read the table itself.
 * Deterministic on every backend. O(B·F) time on WASM and CPU, O(T·F) on WebGL and WebGPU.
 */
export function rowAdamStep(
  table: Variable,
  firstMoment: Variable,
  secondMoment: Variable,
  rows: Int32Array,
  gradient: Tensor2D,
  options: AdamOptions,
): void {
  for (const [name, tensor] of Object.entries({ firstMoment, secondMoment })) {
    if (tensor.shape.join() === table.shape.join()) continue;
    throw new ShapeError(`rowAdamStep: ${name} is [${tensor.shape}], the table is [${table.shape}].`, {
      code: 'shape',
      remedy: 'Give the moments the shape of the table.',
      details: { where: 'rowAdamStep', expected: table.shape, received: tensor.shape },
    });
  }
  checkRows('rowAdamStep', table, rows, gradient);
  if (gradient.size === 0) return;
  if (!getKernel(ROW_ADAM_KERNEL, getBackend())) {
    stepOnNewTensors(table, firstMoment, secondMoment, rows, gradient, options);
    return;
  }
  const index = tensor1d(rows, 'int32');
  const { beta1, beta2, epsilon } = options;
  const inputs = { table, firstMoment, secondMoment, rows: index, gradient } as Record<string, Tensor>;
  engine().runKernel(ROW_ADAM_KERNEL, inputs, { ...adamScalars(options), beta1, beta2, epsilon });
  index.dispose();
}

function stepOnNewTensors(
  table: Variable,
  firstMoment: Variable,
  secondMoment: Variable,
  rows: Int32Array,
  gradient: Tensor2D,
  options: AdamOptions,
): void {
  const { beta1, beta2, epsilon } = options;
  const { stepSize, inverseRootCorrection2, coupledDecay, kept } = adamScalars(options);
  withBatchRows(table.shape[0] as number, rows, ({ read, replaced }) => {
    const [allRows, allFirst, allSecond] = [table, firstMoment, secondMoment] as unknown as Tensor2D[] as [
      Tensor2D,
      Tensor2D,
      Tensor2D,
    ];
    const current = read(allRows);
    const g = coupledDecay === 0 ? gradient : add(gradient, mul(current, coupledDecay));
    const m = add(mul(read(allFirst), beta1), mul(g, 1 - beta1)) as Tensor2D;
    const v = add(mul(read(allSecond), beta2), mul(square(g), 1 - beta2)) as Tensor2D;
    const step = mul(div(m, add(mul(sqrt(v), inverseRootCorrection2), epsilon)), stepSize);
    firstMoment.assign(replaced(allFirst, m));
    secondMoment.assign(replaced(allSecond, v));
    table.assign(replaced(allRows, sub(mul(current, kept), step) as Tensor2D));
  });
}

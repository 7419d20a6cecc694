/**
 * What the row-sparse optimiser steps must do on a device, as vitest cases on the current tfjs backend. Call inside a
 * `describe` whose `beforeAll` has set the backend. Tests only.
 */
import {
  memory,
  type Tensor,
  tensor1d,
  tensor2d,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { ParameterError, ShapeError } from '../../../core/errors.ts';
import { drawNormal } from '../../../core/random.ts';
import { adamStepReference } from '../adamStep/reference.ts';
import { rowAdagradStep } from '../rowAdagradStep/op.ts';
import { rowAdagradReference } from '../rowAdagradStep/reference.ts';
import { rowAdamStep } from '../rowAdamStep/op.ts';

const ADAM = { learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const NUM_ROWS = 23;
const WIDTHS = [1, 4, 7, 513];
/** Batches of successive steps: first and last row, a neighbour pair, one row, all rows, none. */
const BATCHES = [[0, 22], [3, 4, 9], [4], Array.from({ length: NUM_ROWS }, (_, row) => row), []];

const normals = (size: number, key: number): Float32Array =>
  Float32Array.from({ length: size }, (_, element) => drawNormal(key, element));

const tableOf = (values: Float32Array, width: number): Variable =>
  // A copy, because the plain backend keeps the array it is given and the step writes into it.
  tidy(() => variable(tensor2d(values.slice(), [values.length / width, width])));

async function readAndDispose(tensor: Tensor): Promise<Float32Array> {
  const values = ((await tensor.data()) as Float32Array).slice();
  tensor.dispose();
  return values;
}

function expectNear(actual: Float32Array, expected: Float32Array): void {
  expect(actual.length).toBe(expected.length);
  const at = expected.findIndex(
    (value, element) =>
      // Written so that NaN disagrees.
      !(Math.abs((actual[element] as number) - value) <= 2e-5 * Math.max(1, Math.abs(value))),
  );
  expect(at < 0 ? null : `element ${at}: ${actual[at]}, expected ${expected[at]}`).toBeNull();
}

/** Adam on single rows by the dense oracle. */
function adamOnRows(
  [table, first, second]: readonly Float32Array[],
  width: number,
  rows: readonly number[],
  gradient: Float32Array,
  options: Parameters<typeof adamStepReference>[2],
): void {
  rows.forEach((row, i) => {
    const of = (values: Float32Array | undefined, at: number): Float32Array =>
      (values as Float32Array).subarray(at * width, (at + 1) * width);
    const next = adamStepReference(
      { parameter: of(table, row), firstMoment: of(first, row), secondMoment: of(second, row) },
      of(gradient, i),
      options,
    );
    of(table, row).set(next.parameter);
    of(first, row).set(next.firstMoment);
    of(second, row).set(next.secondMoment);
  });
}

async function adamFollows(width: number, weightDecay: number, isDecoupled: boolean): Promise<void> {
  const size = NUM_ROWS * width;
  const expected = [normals(size, 1), new Float32Array(size), new Float32Array(size)];
  const state = expected.map((values) => tableOf(values, width)) as [Variable, Variable, Variable];
  for (const [index, rows] of BATCHES.entries()) {
    const values = normals(rows.length * width, 10 + index);
    const gradient = tensor2d(values, [rows.length, width]);
    const options = { ...ADAM, step: index + 1, weightDecay, isDecoupled };
    rowAdamStep(...state, Int32Array.from(rows), gradient, options);
    adamOnRows(expected, width, rows, values, options);
    gradient.dispose();
  }
  for (const [index, tensor] of state.entries())
    expectNear(await readAndDispose(tensor), expected[index] as Float32Array);
}

function rowsOf(values: Float32Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width)),
  );
}

async function adagradFollows(width: number): Promise<void> {
  const initial = normals(NUM_ROWS * width, 1);
  let expected = { table: rowsOf(initial, width), accumulator: Array.from({ length: NUM_ROWS }, () => 0) };
  const table = tableOf(initial, width);
  const accumulator = tidy(() => variable(tensor1d(new Float32Array(NUM_ROWS))));
  for (const [index, rows] of BATCHES.entries()) {
    const values = normals(rows.length * width, 20 + index);
    const gradient = tensor2d(values, [rows.length, width]);
    rowAdagradStep(table, accumulator, Int32Array.from(rows), gradient, { learningRate: 0.1 });
    expected = rowAdagradReference(expected, rows, rowsOf(values, width), 0.1, 1e-10) as typeof expected;
    gradient.dispose();
  }
  expectNear(await readAndDispose(table), Float32Array.from(expected.table.flat()));
  expectNear(await readAndDispose(accumulator), Float32Array.from(expected.accumulator));
}

function leavesOtherRowsAlone(): void {
  it('leaves other rows and their state alone, bit for bit', async () => {
    const initial = normals(NUM_ROWS * 5, 3);
    const [table, first, second] = [
      tableOf(initial, 5),
      tableOf(initial, 5),
      tableOf(initial.map(Math.abs), 5),
    ];
    const accumulator = tidy(() => variable(tensor1d(initial.slice(0, NUM_ROWS).map(Math.abs))));
    const gradient = tensor2d(normals(10, 4), [2, 5]);
    const rows = Int32Array.of(6, 7);
    rowAdamStep(table, first, second, rows, gradient, { ...ADAM, step: 3, weightDecay: 0.1 });
    rowAdagradStep(table, accumulator, rows, gradient, { learningRate: 0.1 });
    gradient.dispose();
    const values = await readAndDispose(table);
    expect(values.subarray(0, 30)).toEqual(initial.subarray(0, 30));
    expect(values.subarray(40)).toEqual(initial.subarray(40));
    expect(values.subarray(30, 40).every((value, at) => value !== initial[30 + at])).toBe(true);
    expect((await readAndDispose(first)).subarray(40)).toEqual(initial.subarray(40));
    expect((await readAndDispose(second)).subarray(0, 30)).toEqual(initial.subarray(0, 30).map(Math.abs));
    expect((await readAndDispose(accumulator)).subarray(8)).toEqual(
      initial.subarray(8, NUM_ROWS).map(Math.abs),
    );
  });
}

function givesHandComputedValues(): void {
  it('adagrad: (3, 4) has mean square 12.5; a second (0, 0) changes nothing, a third (1, 7) makes it 37.5', async () => {
    const table = tableOf(Float32Array.of(9, 9, 1, 2), 2);
    const accumulator = tidy(() => variable(tensor1d([0, 0])));
    for (const values of [
      [3, 4],
      [0, 0],
      [1, 7],
    ]) {
      const gradient = tensor2d(values, [1, 2]);
      rowAdagradStep(table, accumulator, Int32Array.of(1), gradient, { learningRate: 0.5 });
      gradient.dispose();
    }
    const roots = [Math.sqrt(12.5), Math.sqrt(37.5)] as const;
    expectNear(
      await readAndDispose(table),
      Float32Array.of(9, 9, 1 - 1.5 / roots[0] - 0.5 / roots[1], 2 - 2 / roots[0] - 3.5 / roots[1]),
    );
    expectNear(await readAndDispose(accumulator), Float32Array.of(0, 37.5));
  });
}

function refusesWrongRows(): void {
  const steps = (rows: number[], width = 2): void => {
    const tensors = [tableOf(new Float32Array(6), 2), tidy(() => variable(tensor1d([0, 0, 0])))] as const;
    const gradient = tensor2d(new Float32Array(rows.length * width), [rows.length, width]);
    try {
      rowAdagradStep(...tensors, Int32Array.from(rows), gradient, { learningRate: 0.1 });
    } finally {
      for (const tensor of [...tensors, gradient]) tensor.dispose();
    }
  };
  it.each([
    [[3], 3, 0],
    [[-1, 0], -1, 0],
    [[1, 1], 1, 1],
    [[2, 1], 1, 1],
  ])('refuses the rows %j', (rows, row, at) => {
    expect(() => steps(rows)).toThrow(
      new ParameterError(`rowAdagradStep: row ${row} at position ${at} of the batch, in a table of 3 rows.`, {
        code: 'table-rows',
        remedy: 'Give distinct rows of the table in ascending order (distinctRows).',
        details: { where: 'rowAdagradStep', row, at, numRows: 3 },
      }),
    );
  });

  it('refuses a gradient of another width', () => {
    expect(() => steps([0], 3)).toThrow(
      new ShapeError('rowAdagradStep: gradient is [1,3], the batch is [1,2].', {
        code: 'shape',
        remedy: 'Give the gradient one row per table row, as wide as the table.',
        details: { where: 'rowAdagradStep', expected: [1, 2], received: [1, 3] },
      }),
    );
  });
}

/** Declares the cases on the current backend. */
export function rowStepsContract(): void {
  it.each(WIDTHS)('rowAdamStep follows the dense oracle on its rows, width %i', async (width) => {
    await adamFollows(width, 0, false);
    await adamFollows(width, 0.1, false);
    await adamFollows(width, 0.1, true);
  });
  it.each(WIDTHS)('rowAdagradStep follows its oracle, width %i', adagradFollows);
  leavesOtherRowsAlone();
  givesHandComputedValues();
  refusesWrongRows();

  it('keeps no tensor and no buffer', async () => {
    const before = memory();
    await adamFollows(7, 0.1, false);
    await adagradFollows(7);
    const { numTensors, numDataBuffers } = memory();
    expect({ numTensors, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
  });
}

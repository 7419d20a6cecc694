/**
 * What the dense product must do on a device, as vitest cases on the current tfjs backend. Call inside a `describe` whose
 * `beforeAll` has set the backend. Tests only.
 */
import {
  grads,
  memory,
  mul,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  variable,
  variableGrads,
  type Scalar,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { ShapeError } from '../../../core/errors.ts';
import { drawNormal } from '../../../core/random.ts';
import { weightGradientReference } from '../weightGradient/reference.ts';
import { addBias, columnSums, inputGradient, linear } from './op.ts';
import { columnSumsReference, linearReference, transposed } from './reference.ts';

export const normals = (size: number, key: number): Float32Array =>
  Float32Array.from({ length: size }, (_, element) => drawNormal(key, element));

/** Around every threshold: tiles of 4 rows, panels of 8 columns, blocks of rows, the widths that models use. */
export const DENSE_SHAPES: readonly (readonly [rows: number, inner: number, columns: number])[] = [
  [1, 1, 1],
  [3, 5, 2],
  [4, 8, 8],
  [5, 3, 9],
  [7, 16, 7],
  [257, 10, 13],
  [300, 6, 1],
  [130, 64, 40],
  [9, 1433, 16],
  [6, 2, 513],
  [1027, 128, 3],
];

/** Largest error of `actual` beyond rounding of a sum of `terms` products of size about 1, in words, or null. */
export function beyondRounding(
  actual: ArrayLike<number>,
  expected: Float32Array,
  terms: number,
): string | null {
  if (actual.length !== expected.length) return `length ${actual.length}, expected ${expected.length}`;
  const tolerance = 3e-6 * Math.sqrt(terms + 1);
  const at = expected.findIndex(
    // Written so that NaN disagrees.
    (value, element) =>
      !(Math.abs((actual[element] as number) - value) <= tolerance * Math.max(1, Math.abs(value))),
  );
  return at < 0 ? null : `element ${at}: ${actual[at]}, expected ${expected[at]}`;
}

async function readAndDispose(tensor: Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}

/** Forward product, with and without bias, and the three gradients of Σ G ⊙ (x·w + b). */
async function agrees(rows: number, inner: number, columns: number): Promise<void> {
  const values = {
    x: normals(rows * inner, 1),
    w: normals(inner * columns, 2),
    bias: normals(columns, 3),
    g: normals(rows * columns, 4),
  };
  const x = tensor2d(values.x, [rows, inner]);
  const w = tensor2d(values.w, [inner, columns]);
  const bias = tensor1d(values.bias);
  const g = tensor2d(values.g, [rows, columns]);
  const plain = await readAndDispose(linear(x, w));
  const shifted = await readAndDispose(linear(x, w, bias));
  const [dx, dw, db] = tidy(() =>
    grads((a, b, c) => linear(a as Tensor2D, b as Tensor2D, c as Tensor1D))([x, w, bias], g),
  ) as [Tensor, Tensor, Tensor];
  const back = transposed(values.w, inner, columns);
  const expected = (with_: Float32Array | null): Float32Array =>
    linearReference(values.x, values.w, with_, rows, inner, columns);
  expect(beyondRounding(plain, expected(null), inner)).toBeNull();
  expect(beyondRounding(shifted, expected(values.bias), inner)).toBeNull();
  expect(
    beyondRounding(
      await readAndDispose(dx),
      linearReference(values.g, back, null, rows, columns, inner),
      columns,
    ),
  ).toBeNull();
  expect(
    beyondRounding(
      await readAndDispose(dw),
      weightGradientReference(values.x, values.g, rows, inner, columns),
      rows,
    ),
  ).toBeNull();
  expect(
    beyondRounding(await readAndDispose(db), columnSumsReference(values.g, rows, columns), rows),
  ).toBeNull();
  for (const tensor of [x, w, bias, g]) tensor.dispose();
}

/** ½ Σ (x·w + b)², whose gradients depend on every operand. */
function halfSquares(x: Tensor, w: Tensor, bias: Tensor): Scalar {
  const product = linear(x as Tensor2D, w as Tensor2D, bias as Tensor1D);
  return mul(0.5, sum(mul(product, product)));
}

type Operands = readonly [Float32Array, Float32Array, Float32Array];

const tensorsOf = ([x, w, bias]: Operands): [Tensor2D, Tensor2D, Tensor1D] => [
  tensor2d(x, [5, 6]),
  tensor2d(w, [6, 3]),
  tensor1d(bias),
];

/** Central difference of halfSquares for one element of one operand. */
async function numericGradient(operands: Operands, which: number, element: number): Promise<number> {
  const STEP = 1e-2;
  const at = async (step: number): Promise<number> => {
    const moved = operands.map((values) => values.slice()) as unknown as Operands;
    const values = moved[which] as Float32Array;
    values[element] = (values[element] as number) + step;
    const [loss] = await readAndDispose(tidy(() => halfSquares(...tensorsOf(moved))));
    return loss as number;
  };
  return ((await at(STEP)) - (await at(-STEP))) / (2 * STEP);
}

function hasTrueGradients(): void {
  it('has the gradients that finite differences give', async () => {
    const operands: Operands = [normals(30, 3), normals(18, 4), normals(3, 5)];
    const analytic = tidy(() => grads(halfSquares)(tensorsOf(operands)));
    for (const [which, tensor] of analytic.entries()) {
      const gradient = await readAndDispose(tensor);
      for (let element = 0; element < gradient.length; element++) {
        const numeric = await numericGradient(operands, which, element);
        const error = Math.abs(numeric - (gradient[element] as number)) / Math.max(1, Math.abs(numeric));
        expect(error, `operand ${which}, element ${element}`).toBeLessThan(5e-3);
      }
    }
  });
}

function leaksNothing(): void {
  it('keeps no tensor and no buffer', async () => {
    const w = variable(tensor2d(normals(18, 5), [6, 3]));
    const bias = variable(tensor1d(normals(3, 6)));
    const x = tensor2d(normals(30, 6), [5, 6]);
    const before = memory();
    tidy(() => {
      variableGrads(() => halfSquares(x, w, bias), [w, bias]);
    });
    const { numTensors, numDataBuffers } = memory();
    expect({ numTensors, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
    for (const tensor of [x, w, bias]) tensor.dispose();
  });
}

function refusesOtherShapes(): void {
  it('refuses operands that do not fit', () => {
    const [x, w] = [tensor2d([1, 2], [1, 2]), tensor2d([1, 2, 3], [3, 1])];
    const [square, bias] = [tensor2d([1, 2, 3, 4], [2, 2]), tensor1d([1, 2, 3])];
    expect(() => linear(x, w)).toThrow(
      new ShapeError('linear: x is [1,2], w is [3,1].', {
        code: 'shape',
        remedy: 'Give w one row per column of x.',
        details: { where: 'linear', expected: [2, 'H'], received: [3, 1] },
      }),
    );
    expect(() => linear(x, square, bias)).toThrow(
      new ShapeError('linear: bias is [3], w is [2,2].', {
        code: 'shape',
        remedy: 'Give the bias one value per column of w.',
        details: { where: 'linear', expected: [2], received: [3] },
      }),
    );
    for (const tensor of [x, w, square, bias]) tensor.dispose();
  });
}

/** Declares the cases on the current backend. */
export function denseContract(): void {
  it.each(DENSE_SHAPES)('agrees with the reference, forward and backward: [%i, %i] and %i columns', agrees);
  hasTrueGradients();

  it('gives zeros and the bias where there is nothing to add', async () => {
    const [x, w, bias] = [tensor2d([], [0, 4]), tensor2d(normals(8, 1), [4, 2]), tensor1d([1, 2])];
    expect(await readAndDispose(columnSums(x))).toEqual(new Float32Array(4));
    const [empty, back] = [linear(x, w, bias), inputGradient(tensor2d([], [0, 2]), w)];
    expect([empty.shape, back.shape]).toEqual([
      [0, 2],
      [0, 4],
    ]);
    for (const tensor of [x, w, bias, empty, back]) tensor.dispose();
  });

  it('adds a bias to rows, forward and backward', async () => {
    const [x, bias, g] = [
      tensor2d(normals(21, 1), [7, 3]),
      tensor1d([1, 2, 3]),
      tensor2d(normals(21, 2), [7, 3]),
    ];
    const sum = await readAndDispose(addBias(x, bias));
    expect(sum).toEqual(normals(21, 1).map((value, at) => value + (at % 3) + 1));
    const [dx, db] = tidy(() =>
      grads((rows, offset) => addBias(rows as Tensor2D, offset as Tensor1D))([x, bias], g),
    ) as [Tensor, Tensor];
    expect(await readAndDispose(dx)).toEqual(normals(21, 2));
    expect(beyondRounding(await readAndDispose(db), columnSumsReference(normals(21, 2), 7, 3), 7)).toBeNull();
    for (const tensor of [x, bias, g]) tensor.dispose();
  });

  leaksNothing();
  refusesOtherShapes();
}

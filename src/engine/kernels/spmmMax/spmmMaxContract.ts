/**
 * What a device's largest neighbour message must do, as vitest cases on the current tfjs backend. Call inside a
 * `describe` whose `beforeAll` has set the backend. Tests only.
 */
import {
  engine,
  grad,
  memory,
  mul,
  sum,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { drawNormal } from '../../../core/random.ts';
import { disagreement, KITE, type SpmmCase, spmmCases } from '../kernelCases.ts';
import { normalOperand, numericGradient, tensorOf } from '../numericGradient.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { SPMM_MAX_KERNEL, spmmMax } from './op.ts';
import { spmmMaxGradientReference, spmmMaxReference } from './reference.ts';

interface Maxima {
  readonly out: Float32Array;
  readonly argmax: Int32Array;
  readonly gradient: Float32Array;
}

/** Halves of integers: products are exact on every device, and most rows hold equal maxima. */
const rounded = (values: Float32Array): Float32Array => values.map((value) => Math.round(value * 2) / 2);

/** The matrices of spmm with their values and, under names of their own, with coarse ones. */
function maxCases(): SpmmCase[] {
  const coarse = ['KITE', 'self-loops and parallel edges', 'width 16', 'width 513'];
  return spmmCases().flatMap((test) => {
    const isCoarse = coarse.includes(test.name) || /thresholds|hub.*width 1$/.test(test.name);
    if (!isCoarse) return [test];
    const values = rounded(test.matrix.values as Float32Array);
    const tied = { ...test.matrix, values };
    return [test, { ...test, name: `${test.name}, equal maxima`, matrix: tied, x: rounded(test.x) }];
  });
}

const gradientFor = ({ matrix, width }: SpmmCase): Float32Array =>
  Float32Array.from({ length: matrix.rows * width }, (_, element) => drawNormal(96, element));

async function maxima(test: SpmmCase): Promise<Maxima> {
  const { matrix, width } = test;
  const device = uploadSparse(matrix);
  const x = tensor2d(test.x, [matrix.cols, width]);
  const g = tensor2d(gradientFor(test), [matrix.rows, width]);
  const { rowPtr, colIndex, values } = device;
  const pair = engine().runKernel(SPMM_MAX_KERNEL, { rowPtr, colIndex, values, x });
  const [out, argmax] = pair as unknown as [Tensor, Tensor];
  const gradient = tidy(() => grad((input) => spmmMax(device, input as Tensor2D))(x, g));
  const result = {
    out: (await out.data()) as Float32Array,
    argmax: Int32Array.from(await argmax.data()),
    gradient: (await gradient.data()) as Float32Array,
  };
  for (const tensor of [out, argmax, gradient, x, g, device]) tensor.dispose();
  return result;
}

/** Σ |values · gradient| of each element of dX, against which its rounding is measured. */
function gradientSizes({ matrix, width }: SpmmCase, argmax: Int32Array, g: Float32Array): Float32Array {
  const values = (matrix.values as Float32Array).map(Math.abs);
  return spmmMaxGradientReference(argmax, matrix.colIndex, values, g.map(Math.abs), matrix.cols, width);
}

function agrees(): void {
  it.each(maxCases())('agrees with the reference, entries and gradient: $name', async (test) => {
    const { matrix, width } = test;
    const values = matrix.values as Float32Array;
    const g = gradientFor(test);
    const expected = spmmMaxReference(matrix.rowPtr, matrix.colIndex, values, test.x, width);
    const actual = await maxima(test);
    expect(disagreement(actual.out, expected.out, expected.out.map(Math.abs), width)).toBeNull();
    expect(
      disagreement(actual.argmax, expected.argmax, new Int32Array(expected.argmax.length), width),
    ).toBeNull();
    const gradient = spmmMaxGradientReference(
      expected.argmax,
      matrix.colIndex,
      values,
      g,
      matrix.cols,
      width,
    );
    expect(
      disagreement(actual.gradient, gradient, gradientSizes(test, expected.argmax, g), width),
    ).toBeNull();
  });
}

function repeatsItself(): void {
  it('gives the same bits from run to run', async () => {
    const test = maxCases().find(
      ({ name }) => name === 'row lengths around thresholds, width 20',
    ) as SpmmCase;
    expect(await maxima(test)).toEqual(await maxima(test));
  });
}

function takesOtherValues(): void {
  it('uses given values instead of the stored ones, in both directions', async () => {
    const { matrix, x, width } = spmmCases().find(({ name }) => name === 'width 7') as SpmmCase;
    const values = (matrix.values as Float32Array).map((value) => -value);
    const negated = await maxima({ name: 'negated', matrix: { ...matrix, values }, x, width });
    const device = uploadSparse(matrix);
    const [input, given] = [tensor2d(x, [matrix.cols, width]), tensor1d(values)];
    const g = tensor2d(gradientFor({ name: '', matrix, x, width }), [matrix.rows, width]);
    const out = spmmMax(device, input, given);
    // Values made inside the differentiated function are gone when the backward pass runs.
    const gradient = tidy(() =>
      grad((source: Tensor) => spmmMax(device, source as Tensor2D, tensor1d(values)))(input, g),
    );
    expect(await out.data()).toEqual(negated.out);
    expect(await gradient.data()).toEqual(negated.gradient);
    for (const tensor of [input, given, g, out, gradient, device]) tensor.dispose();
  });
}

function matchesFiniteDifferences(): void {
  it('has the gradient that finite differences give', async () => {
    const device = uploadSparse(KITE.matrix);
    const operand = normalOperand(1, 4, 6);
    const objective = (x: Tensor): Tensor => {
      const largest = spmmMax(device, x as Tensor2D);
      return mul(0.5, sum(mul(largest, largest)));
    };
    const analytic = tidy(() => grad(objective)(tensorOf(operand)));
    const numeric = await numericGradient(objective, [operand], 0, 1e-3);
    const close = numeric.map((value) => expect.closeTo(value, 2) as number);
    expect(Array.from(await analytic.data())).toEqual(close);
    analytic.dispose();
    device.dispose();
  });
}

function refusesGradientOfValues(): void {
  it('refuses a gradient for the values', () => {
    const device = uploadSparse(KITE.matrix);
    const x = tensorOf(normalOperand(2, 4, 2));
    const values = tensor1d(KITE.matrix.values as Float32Array);
    const attempt = (): unknown =>
      tidy(() => grad((input: Tensor) => sum(spmmMax(device, x, input as typeof values)))(values));
    expect(attempt).toThrow(/gradient of y=f\(x\)/);
    for (const tensor of [x, values, device]) tensor.dispose();
  });
}

function leaksNothing(): void {
  it('keeps no tensor and no buffer, empty cases included', async () => {
    const small = spmmCases().filter(({ name }) => !name.includes('hub'));
    const before = memory();
    for (const test of small) await maxima(test);
    const { numTensors, numDataBuffers } = memory();
    expect({ numTensors, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
  });
}

/** Declares the cases on the current backend. */
export function spmmMaxContract(): void {
  agrees();
  repeatsItself();
  takesOtherValues();
  matchesFiniteDifferences();
  refusesGradientOfValues();
  leaksNothing();
}

/**
 * What a device's sparse × dense product must do, as vitest cases on the current tfjs backend. Call inside a
 * `describe` whose `beforeAll` has set the backend. Tests only.
 */
import {
  grad,
  logSoftmax,
  matMul,
  memory,
  mul,
  neg,
  sum,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  valueAndGrad,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { drawNormal } from '../../../core/random.ts';
import { transposePattern } from '../../../core/sparseMatrix.ts';
import { KITE, type SpmmCase, spmmCases, spmmDisagreement } from '../kernelCases.ts';
import { spmm } from './op.ts';
import { type SparseTensors, uploadSparse } from '../sparseTensors.ts';
import { entryValuesContract } from './entryValuesContract.ts';

interface Product {
  readonly forward: Float32Array;
  readonly gradient: Float32Array;
}

/** Returns M·X and the gradient for X under the incoming gradient G, that is Mᵀ·G, as the device computes them. */
async function products(test: SpmmCase, weights: Float32Array): Promise<Product> {
  const { matrix, width } = test;
  const device = uploadSparse(matrix);
  const x = tensor2d(test.x, [matrix.cols, width]);
  const g = tensor2d(weights, [matrix.rows, width]);
  const forward = spmm(device, x);
  const gradient = tidy(() => grad((input) => spmm(device, input as Tensor2D))(x, g));
  const result = {
    forward: (await forward.data()) as Float32Array,
    gradient: (await gradient.data()) as Float32Array,
  };
  for (const tensor of [x, g, forward, gradient, device]) tensor.dispose();
  return result;
}

const weightsFor = ({ matrix, width }: SpmmCase): Float32Array =>
  Float32Array.from({ length: matrix.rows * width }, (_, element) => drawNormal(99, element));

function agreesWithReference(): void {
  it.each(spmmCases())('agrees with the reference, forward and transposed: $name', async (test) => {
    const { rowPtr, colIndex, values } = test.matrix;
    const transpose = transposePattern(test.matrix);
    const weights = weightsFor(test);
    const { forward, gradient } = await products(test, weights);
    const stored = values as Float32Array;
    expect(spmmDisagreement(forward, rowPtr, colIndex, stored, null, test.x, test.width)).toBeNull();
    expect(
      spmmDisagreement(
        gradient,
        transpose.rowPtr,
        transpose.colIndex,
        stored,
        transpose.perm,
        weights,
        test.width,
      ),
    ).toBeNull();
  });
}

/** Counts elements whose bits differ; -1 when the lengths do. vitest's own equality takes seconds at this size. */
function differentBits(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return -1;
  const [left, right] = [a, b].map(
    ({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length),
  );
  return (left as Uint32Array).filter((bits, at) => bits !== (right as Uint32Array)[at]).length;
}

function repeatsItself(): void {
  const repeated = spmmCases().filter(({ name }) => name.includes('hub') || name.includes('thresholds'));
  it.each(repeated)('gives the same bits from run to run: $name', async (test) => {
    const weights = weightsFor(test);
    const [first, second] = [await products(test, weights), await products(test, weights)];
    expect(differentBits(first.forward, second.forward)).toBe(0);
    expect(differentBits(first.gradient, second.gradient)).toBe(0);
  });
}

function takesOtherValues(): void {
  it('uses given values instead of the stored ones, in both directions', async () => {
    const test = spmmCases().find(({ name }) => name === 'width 7') as SpmmCase;
    const { matrix, width } = test;
    const values = (matrix.values as Float32Array).map((value) => 2 - value);
    const device = uploadSparse(matrix);
    const given = tensor1d(values);
    const x = tensor2d(test.x, [matrix.cols, width]);
    const forward = spmm(device, x, given);
    const gradient = tidy(() => grad((input) => sum(spmm(device, input as Tensor2D, given)))(x));
    const { rowPtr, colIndex } = matrix;
    const transpose = transposePattern(matrix);
    const ones = new Float32Array(matrix.rows * width).fill(1);
    expect(spmmDisagreement(await forward.data(), rowPtr, colIndex, values, null, test.x, width)).toBeNull();
    expect(
      spmmDisagreement(
        await gradient.data(),
        transpose.rowPtr,
        transpose.colIndex,
        values,
        transpose.perm,
        ones,
        width,
      ),
    ).toBeNull();
    for (const tensor of [given, x, forward, gradient, device]) tensor.dispose();
  });
}

/** ½ Σ (M·X)²: an objective whose gradient depends on X. */
function halfSquares(device: SparseTensors, x: Tensor2D) {
  const product = spmm(device, x);
  return mul(0.5, sum(mul(product, product)));
}

function matchesFiniteDifferences(): void {
  it('has the gradient that finite differences give', async () => {
    const STEP = 1e-2;
    const device = uploadSparse(KITE.matrix);
    const at = async (values: Float32Array): Promise<number> => {
      const loss = tidy(() => halfSquares(device, tensor2d(values, [4, 2])));
      const [value] = await loss.data();
      loss.dispose();
      return value as number;
    };
    const analytic = tidy(() => grad((x) => halfSquares(device, x as Tensor2D))(tensor2d(KITE.x, [4, 2])));
    const gradient = await analytic.data();
    for (let element = 0; element < KITE.x.length; element++) {
      const [up, down] = [KITE.x.slice(), KITE.x.slice()];
      up[element] = (up[element] as number) + STEP;
      down[element] = (down[element] as number) - STEP;
      const numeric = ((await at(up)) - (await at(down))) / (2 * STEP);
      const difference = Math.abs(numeric - (gradient[element] as number));
      expect(difference / Math.max(1, Math.abs(numeric))).toBeLessThan(2e-2);
    }
    analytic.dispose();
    device.dispose();
  });
}

function reproducesKite(): void {
  it('reproduces KITE: S·X·W, its cross-entropy and the gradient for W', async () => {
    const device = uploadSparse(KITE.matrix);
    const x = tensor2d(KITE.x, [4, 2]);
    const weights = tensor2d(KITE.weights, [2, 2]);
    // Nodes 0 and 3 are labelled 0 and 1: their one-hot rows over the mean of two.
    const target = tensor2d([0.5, 0, 0, 0, 0, 0, 0, 0.5], [4, 2]);
    const logits = tidy(() => spmm(device, matMul(x, weights)));
    const { value, grad: gradient } = valueAndGrad((w) =>
      neg(sum(mul(logSoftmax(spmm(device, matMul(x, w as Tensor2D))), target))),
    )(weights);
    const [product, loss, weightGradient] = await Promise.all([logits.data(), value.data(), gradient.data()]);
    const close = (actual: ArrayLike<number>, expected: readonly number[]): void =>
      expect(Array.from(actual)).toEqual(expected.map((number) => expect.closeTo(number, 5)));
    close(product, KITE.product);
    close(loss, [KITE.loss]);
    close(weightGradient, KITE.weightGradient);
    for (const tensor of [x, weights, target, logits, value, gradient, device]) tensor.dispose();
  });
}

function leaksNothing(): void {
  it('keeps no tensor and no buffer, empty cases included', async () => {
    const small = spmmCases().filter(({ name }) => !name.includes('hub'));
    const before = memory();
    for (const test of small) await products(test, weightsFor(test));
    const { numTensors, numDataBuffers } = memory();
    expect({ numTensors, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
  });
}

/** Declares the cases on the current backend. */
export function spmmContract(): void {
  agreesWithReference();
  takesOtherValues();
  entryValuesContract();
  repeatsItself();
  matchesFiniteDifferences();
  reproducesKite();
  leaksNothing();
}

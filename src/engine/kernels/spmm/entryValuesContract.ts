/**
 * What a device's sparse × dense product must do with values that are not the stored ones: several heads, gradients for
 * values and x, and nothing computed for operands that are constant. Vitest cases on the current tfjs backend; tests only.
 */
import {
  grad,
  grads,
  memory,
  mul,
  profile,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { drawNormal } from '../../../core/random.ts';
import { transposePattern } from '../../../core/sparseMatrix.ts';
import { disagreement, type HeadsCase, headsCases, KITE, spmmDisagreement } from '../kernelCases.ts';
import { normalOperand, numericGradient, tensorOf } from '../numericGradient.ts';
import { sddmmReference } from '../sddmm/reference.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { spmm } from './op.ts';
import { SDDMM_KERNEL, SPMM_KERNEL } from './sparseProducts.ts';

interface Products {
  readonly forward: Float32Array;
  readonly dx: Float32Array;
  readonly dvalues: Float32Array;
}

const gradientFor = ({ matrix, width }: HeadsCase): Float32Array =>
  Float32Array.from({ length: matrix.rows * width }, (_, element) => drawNormal(98, element));

async function products(test: HeadsCase): Promise<Products> {
  const { matrix, width, heads } = test;
  const device = uploadSparse(matrix);
  const x = tensor2d(test.x, [matrix.cols, width]);
  const values = tensor2d(test.values, [matrix.colIndex.length, heads]);
  const g = tensor2d(gradientFor(test), [matrix.rows, width]);
  const forward = spmm(device, x, values);
  const [dx, dvalues] = tidy(() =>
    grads((input, weights) => spmm(device, input as Tensor2D, weights as Tensor2D))([x, values], g),
  ) as [Tensor, Tensor];
  expect(dvalues.shape).toEqual(values.shape);
  const tensors = [forward, dx, dvalues];
  const [one, two, three] = (await Promise.all(tensors.map((tensor) => tensor.data()))) as Float32Array[];
  for (const tensor of [x, values, g, device, ...tensors]) tensor.dispose();
  return { forward: one, dx: two, dvalues: three } as Products;
}

function agrees(): void {
  it.each(headsCases())('agrees with the reference for values per head: $name', async (test) => {
    const { matrix, width, heads, values, x } = test;
    const { rowPtr, colIndex } = matrix;
    const transpose = transposePattern(matrix);
    const g = gradientFor(test);
    const { forward, dx, dvalues } = await products(test);
    expect(spmmDisagreement(forward, rowPtr, colIndex, values, null, x, width, heads)).toBeNull();
    expect(
      spmmDisagreement(dx, transpose.rowPtr, transpose.colIndex, values, transpose.perm, g, width, heads),
    ).toBeNull();
    const expected = sddmmReference(rowPtr, colIndex, g, x, width, heads);
    const sizes = sddmmReference(rowPtr, colIndex, g.map(Math.abs), x.map(Math.abs), width, heads);
    expect(disagreement(dvalues, expected, sizes, heads)).toBeNull();
  });
}

/** ½ Σ (M·X)²: its gradients depend on x and on the values. */
function halfSquares(product: Tensor): Tensor {
  return mul(0.5, sum(mul(product, product)));
}

function matchesFiniteDifferences(): void {
  it('has the gradients for x and values that finite differences give', async () => {
    const device = uploadSparse(KITE.matrix);
    const operands = [normalOperand(1, 4, 6), normalOperand(2, device.numEntries, 3)];
    const objective = (x: Tensor, values: Tensor): Tensor =>
      halfSquares(spmm(device, x as Tensor2D, values as Tensor2D));
    const analytic = tidy(() => grads(objective)(operands.map(tensorOf)));
    for (const which of [0, 1]) {
      const numeric = await numericGradient(objective, operands, which);
      const close = numeric.map((value) => expect.closeTo(value, 2) as number);
      expect(Array.from(await (analytic[which] as Tensor).data())).toEqual(close);
    }
    for (const tensor of [...analytic, device]) tensor.dispose();
  });

  it('has a gradient whose own gradient is right', async () => {
    const device = uploadSparse(KITE.matrix);
    const [second, expected] = tidy(() => {
      const values = tensor1d(normalOperand(3, device.numEntries, 1).values);
      const first = grad((x: Tensor) => halfSquares(spmm(device, x as Tensor2D, values)));
      const [x, u] = [tensorOf(normalOperand(4, 4, 2)), tensorOf(normalOperand(5, 4, 2))];
      // The objective is quadratic in x, so its Hessian times u is its gradient at u.
      return [grad((input: Tensor) => sum(mul(first(input), u)))(x), first(u)];
    }) as [Tensor, Tensor];
    const close = Array.from(await expected.data(), (value) => expect.closeTo(value, 4) as number);
    expect(Array.from(await second.data())).toEqual(close);
    for (const tensor of [second, expected, device]) tensor.dispose();
  });
}

/** Names of the sparse kernels that `compute` runs, in order. */
async function sparseKernels(compute: () => void): Promise<string[]> {
  const { kernels } = await profile(() => tidy(compute));
  return kernels.map(({ name }) => name).filter((name) => [SPMM_KERNEL, SDDMM_KERNEL].includes(name));
}

function computesNothingForConstants(): void {
  it('computes no gradient for constant operands', async () => {
    const device = uploadSparse(KITE.matrix);
    const x = tensorOf(normalOperand(6, 4, 2));
    const values = tensorOf(normalOperand(7, device.numEntries, 2));
    const ofX = () => void grad((input: Tensor) => sum(spmm(device, input as Tensor2D, values)))(x);
    const ofValues = () => void grad((input: Tensor) => sum(spmm(device, x, input as Tensor2D)))(values);
    expect(await sparseKernels(ofX)).toEqual([SPMM_KERNEL, SPMM_KERNEL]);
    expect(await sparseKernels(ofValues)).toEqual([SPMM_KERNEL, SDDMM_KERNEL]);
    for (const tensor of [x, values, device]) tensor.dispose();
  });

  it('uploads no transpose of a symmetric matrix for its stored values, and one for others', async () => {
    const device = uploadSparse(KITE.matrix, { isSymmetric: true });
    const plain = uploadSparse(KITE.matrix);
    const x = tensor2d(KITE.x, [4, 2]);
    const values = tensor1d((KITE.matrix.values as Float32Array).map((value, entry) => value + entry));
    const gradientOf = (matrix: typeof device, weights?: Tensor1D) =>
      tidy(() => grad((input: Tensor) => halfSquares(spmm(matrix, input as Tensor2D, weights)))(x));
    const before = memory().numTensors;
    const stored = gradientOf(device);
    expect(memory().numTensors).toBe(before + 1);
    const [expectedStored, given, expectedGiven] = [
      gradientOf(plain),
      gradientOf(device, values),
      gradientOf(plain, values),
    ];
    const close = async (actual: Tensor, expected: Tensor): Promise<void> =>
      expect(Array.from(await actual.data())).toEqual(
        Array.from(await expected.data(), (value) => expect.closeTo(value, 4) as number),
      );
    await close(stored, expectedStored);
    await close(given, expectedGiven);
    for (const tensor of [stored, expectedStored, given, expectedGiven, x, values, device, plain])
      tensor.dispose();
  });
}

function leaksNothing(): void {
  it('keeps no tensor and no buffer of products with heads', async () => {
    const small = headsCases().filter(({ name }) => !name.includes('hub'));
    const before = memory();
    for (const test of small) await products(test);
    const { numTensors, numDataBuffers } = memory();
    expect({ numTensors, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
  });
}

/** Declares the cases on the current backend. */
export function entryValuesContract(): void {
  agrees();
  matchesFiniteDifferences();
  computesNothingForConstants();
  leaksNothing();
}

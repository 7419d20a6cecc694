/**
 * What a device's sampled dense × dense product must do, as vitest cases on the current tfjs backend. Call inside a
 * `describe` whose `beforeAll` has set the backend. Tests only.
 */
import {
  grad,
  grads,
  memory,
  mul,
  profile,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { drawNormal } from '../../../core/random.ts';
import { transposePattern } from '../../../core/sparseMatrix.ts';
import { disagreement, type HeadsCase, headsCases, KITE, spmmDisagreement } from '../kernelCases.ts';
import { normalOperand, numericGradient, tensorOf } from '../numericGradient.ts';
import { SDDMM_KERNEL, SPMM_KERNEL } from '../spmm/sparseProducts.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { sddmm } from './op.ts';
import { sddmmReference } from './reference.ts';

interface Products {
  readonly forward: Float32Array;
  readonly da: Float32Array;
  readonly db: Float32Array;
}

const leftOf = ({ matrix, width }: HeadsCase): Float32Array =>
  Float32Array.from({ length: matrix.rows * width }, (_, element) => drawNormal(97, element));

/** The case's x is the right operand, its values are the incoming gradient. */
async function products(test: HeadsCase): Promise<Products> {
  const { matrix, width, heads } = test;
  const device = uploadSparse(matrix);
  const a = tensor2d(leftOf(test), [matrix.rows, width]);
  const b = tensor2d(test.x, [matrix.cols, width]);
  const g = tensor2d(test.values, [matrix.colIndex.length, heads]);
  const forward = sddmm(device, a, b, heads);
  expect(forward.shape).toEqual(g.shape);
  const [da, db] = tidy(() =>
    grads((left, right) => sddmm(device, left as Tensor2D, right as Tensor2D, heads))([a, b], g),
  ) as [Tensor, Tensor];
  const tensors = [forward, da, db];
  const [one, two, three] = (await Promise.all(tensors.map((tensor) => tensor.data()))) as Float32Array[];
  for (const tensor of [a, b, g, device, ...tensors]) tensor.dispose();
  return { forward: one, da: two, db: three } as Products;
}

function agrees(): void {
  it.each(headsCases())('agrees with the reference, forward and both gradients: $name', async (test) => {
    const { matrix, width, heads, values, x } = test;
    const { rowPtr, colIndex } = matrix;
    const transpose = transposePattern(matrix);
    const a = leftOf(test);
    const { forward, da, db } = await products(test);
    const expected = sddmmReference(rowPtr, colIndex, a, x, width, heads);
    const sizes = sddmmReference(rowPtr, colIndex, a.map(Math.abs), x.map(Math.abs), width, heads);
    expect(disagreement(forward, expected, sizes, heads)).toBeNull();
    expect(spmmDisagreement(da, rowPtr, colIndex, values, null, x, width, heads)).toBeNull();
    const { rowPtr: columnPtr, colIndex: rowIndex, perm } = transpose;
    expect(spmmDisagreement(db, columnPtr, rowIndex, values, perm, a, width, heads)).toBeNull();
  });
}

function repeatsItself(): void {
  it('gives the same bits from run to run', async () => {
    const test = headsCases().find(({ name }) => name.startsWith('row lengths around')) as HeadsCase;
    const [first, second] = [await products(test), await products(test)];
    expect(second).toEqual(first);
  });
}

function matchesFiniteDifferences(): void {
  it('has the gradients that finite differences give', async () => {
    const device = uploadSparse(KITE.matrix);
    const operands = [normalOperand(1, 4, 6), normalOperand(2, 4, 6)];
    const objective = (a: Tensor, b: Tensor): Tensor => {
      const scores = sddmm(device, a as Tensor2D, b as Tensor2D, 3);
      return mul(0.5, sum(mul(scores, scores)));
    };
    const analytic = tidy(() => grads(objective)(operands.map(tensorOf)));
    for (const which of [0, 1]) {
      const numeric = await numericGradient(objective, operands, which);
      const close = numeric.map((value) => expect.closeTo(value, 2) as number);
      expect(Array.from(await (analytic[which] as Tensor).data())).toEqual(close);
    }
    for (const tensor of [...analytic, device]) tensor.dispose();
  });
}

function computesNothingForConstants(): void {
  it('computes no gradient for a constant operand', async () => {
    const device = uploadSparse(KITE.matrix);
    const [a, b] = [tensorOf(normalOperand(3, 4, 2)), tensorOf(normalOperand(4, 4, 2))];
    const { kernels } = await profile(() =>
      tidy(() => void grad((input: Tensor) => sum(sddmm(device, input as Tensor2D, b)))(a)),
    );
    const sparse = kernels
      .map(({ name }) => name)
      .filter((name) => [SPMM_KERNEL, SDDMM_KERNEL].includes(name));
    expect(sparse).toEqual([SDDMM_KERNEL, SPMM_KERNEL]);
    for (const tensor of [a, b, device]) tensor.dispose();
  });
}

function leaksNothing(): void {
  it('keeps no tensor and no buffer, empty cases included', async () => {
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
export function sddmmContract(): void {
  agrees();
  repeatsItself();
  matchesFiniteDifferences();
  computesNothingForConstants();
  leaksNothing();
}

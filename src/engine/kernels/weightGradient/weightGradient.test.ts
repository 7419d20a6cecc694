/** Xᵀ·G and the dense product around it: WASM kernel against plain loops, gradients, thread counts. */
import '@tensorflow/tfjs-backend-cpu';
import {
  dispose,
  grads,
  memory,
  mul,
  setBackend,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShapeError } from '../../../core/errors.ts';
import { drawNormal } from '../../../core/random.ts';
import { atThreadCounts, describeOnWasm, expectClose, expectSameBits } from '../../../cli/wasmTesting.ts';
import { linear, weightGradient } from './op.ts';
import { weightGradientReference } from './reference.ts';

const normals = (size: number, key: number): Float32Array =>
  Float32Array.from({ length: size }, (_, element) => drawNormal(key, element));

function computed(x: Float32Array, g: Float32Array, rows: number, inputs: number, columns: number) {
  return tidy(() =>
    weightGradient(tensor2d(x, [rows, inputs]), tensor2d(g, [rows, columns])).dataSync(),
  ) as Float32Array;
}

function expectAgreement(rows: number, inputs: number, columns: number): void {
  const x = normals(rows * inputs, 1);
  const g = normals(rows * columns, 2);
  const expected = weightGradientReference(x, g, rows, inputs, columns);
  // Rounding of a sum of `rows` products of size about 1.
  expectClose(computed(x, g, rows, inputs, columns), expected, 2e-6 * Math.sqrt(rows + 1));
}

/** ½ Σ (x·w)², whose gradients depend on both. */
function halfSquares(x: Tensor, w: Tensor): Tensor {
  const product = linear(x as Tensor2D, w as Tensor2D);
  return mul(0.5, sum(mul(product, product)));
}

/** Central differences of halfSquares for every element of one operand. */
function numericGradient(operands: readonly [Float32Array, Float32Array], which: 0 | 1): number[] {
  const STEP = 1e-2;
  const at = (element: number, step: number): number => {
    const moved = operands.map((values) => values.slice()) as [Float32Array, Float32Array];
    moved[which][element] = (moved[which][element] as number) + step;
    return tidy(
      () => halfSquares(tensor2d(moved[0], [5, 6]), tensor2d(moved[1], [6, 3])).dataSync()[0],
    ) as number;
  };
  return Array.from(operands[which], (_, element) => (at(element, STEP) - at(element, -STEP)) / (2 * STEP));
}

function linearContract(): void {
  it('has the gradients that finite differences give', () => {
    const operands = [normals(30, 3), normals(18, 4)] as const;
    const [dx, dw] = tidy(() =>
      grads(halfSquares)([tensor2d(operands[0], [5, 6]), tensor2d(operands[1], [6, 3])]).map(
        (gradient) => gradient.dataSync() as Float32Array,
      ),
    ) as unknown as [Float32Array, Float32Array];
    expectClose(dx, numericGradient(operands, 0), 1e-3);
    expectClose(dw, numericGradient(operands, 1), 1e-3);
  });

  it('leaves no tensor behind', () => {
    const w = variable(tensor2d(normals(18, 5), [6, 3]));
    const x = tensor2d(normals(30, 6), [5, 6]);
    const before = memory().numTensors;
    tidy(() => {
      variableGrads(() => halfSquares(x, w) as never, [w]);
    });
    expect(memory().numTensors).toBe(before);
    dispose([x, w]);
  });
}

describeOnWasm('weightGradient', () => {
  // Chunks of 256 rows, tiles of 4 × 8, 4 × 4 and less, overlapping tails.
  it.each([
    [1, 1, 1],
    [3, 5, 2],
    [7, 16, 7],
    [255, 8, 8],
    [256, 9, 12],
    [257, 10, 13],
    [700, 3, 3],
    [300, 6, 1],
    [0, 4, 5],
    [64, 1, 513],
  ])('agrees for X [%i, %i] and %i columns', expectAgreement);

  it('agrees for random sizes', () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(fc.property(fc.nat(600), size, size, expectAgreement), { numRuns: 60, seed: 1 });
  });

  it('leaves neighbours of a tail alone when values are not finite', () => {
    const x = new Float32Array(8).fill(Infinity);
    const g = Float32Array.of(1, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 2);
    const out = computed(x, g, 2, 4, 7);
    expect(Array.from(out.subarray(0, 7))).toEqual([Infinity, NaN, NaN, NaN, NaN, NaN, Infinity]);
  });

  linearContract();
});

describe('linear on stock operations', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });
  linearContract();

  it('refuses operands whose inner sizes differ', () => {
    const [x, w] = [tensor2d([1, 2], [1, 2]), tensor2d([1, 2, 3], [3, 1])];
    expect(() => linear(x, w)).toThrow(
      new ShapeError('linear: x is [1,2], w is [3,1].', {
        code: 'shape',
        remedy: 'Give w one row per column of x.',
        details: { where: 'linear', expected: [2, 'H'], received: [3, 1] },
      }),
    );
    dispose([x, w]);
  });
});

describe('weightGradient on wasm', () => {
  it('gives the same bits on 1, 2 and 3 threads', async () => {
    const [x, g] = [normals(5000 * 37, 7), normals(5000 * 13, 8)];
    const [one, two, three] = await atThreadCounts(() => computed(x, g, 5000, 37, 13));
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

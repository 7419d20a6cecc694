/**
 * What both normalisations must do on a device, as vitest cases on the current tfjs backend. Call inside a `describe`
 * whose `beforeAll` has set the backend. Tests only.
 */
import {
  dispose,
  grads,
  keep,
  memory,
  mul,
  reshape,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { ShapeError } from '../../../core/errors.ts';
import { drawNormal } from '../../../core/random.ts';
import { normalOperand, numericGradient } from '../numericGradient.ts';
import { batchNormalise, EPSILON, layerNormalise } from './op.ts';
import { type NormalisationCase, normaliseReference } from './reference.ts';

const KINDS = [
  ['batch', 'rows'],
  ['layer', 'columns'],
] as const;
type Kind = (typeof KINDS)[number][0];

const apply = (kind: Kind, x: Tensor2D, scale: Tensor1D, offset: Tensor1D): Tensor2D =>
  kind === 'batch' ? batchNormalise(x, scale, offset) : layerNormalise(x, scale, offset);

/** One group of one element, tails of every length, more rows than a chunk of sums, and wide rows. */
const SHAPES = [
  [1, 1],
  [1, 8],
  [2, 3],
  [7, 1],
  [13, 6],
  [300, 19],
  [700, 64],
  [5, 513],
] as const;

/** Rows far from zero and columns of very different spread: what a one-pass variance gets wrong. */
function normalisationCase(rows: number, columns: number): NormalisationCase {
  const draws = (key: number, length: number): Float32Array =>
    Float32Array.from({ length }, (_, at) => drawNormal(key, at));
  return {
    rows,
    columns,
    x: draws(1, rows * columns).map((value, at) => value * (1 + (at % 5)) + (at % columns) - 20),
    gradient: draws(2, rows * columns),
    scale: draws(3, columns),
    offset: draws(4, columns),
  };
}

/** Output, dx, dγ and dβ. */
async function normalise(kind: Kind, test: NormalisationCase): Promise<Float32Array[]> {
  const operands = [
    tensor2d(test.x, [test.rows, test.columns]),
    tensor1d(test.scale),
    tensor1d(test.offset),
  ] as const;
  const incoming = tensor2d(test.gradient, [test.rows, test.columns]);
  const output = apply(kind, ...operands);
  const gradients = grads((x, scale, offset) =>
    apply(kind, x as Tensor2D, scale as Tensor1D, offset as Tensor1D),
  )([...operands], incoming);
  const results = [output, ...gradients];
  const values = await Promise.all(results.map(async (result) => result.data() as Promise<Float32Array>));
  dispose([...operands, incoming, ...results]);
  return values;
}

/** Expects agreement within `tolerance` of the largest value. */
function expectNear(
  actual: ArrayLike<number>,
  expected: Float64Array,
  tolerance: number,
  what: string,
): void {
  expect(actual.length).toBe(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const at = expected.findIndex(
    (value, i) => !(Math.abs((actual[i] as number) - value) <= tolerance * largest),
  );
  expect(at < 0 ? null : `${what} ${at}: ${actual[at]}, expected ${expected[at]}`).toBeNull();
}

async function agrees(kind: Kind, over: 'rows' | 'columns'): Promise<void> {
  for (const [rows, columns] of SHAPES) {
    const test = normalisationCase(rows, columns);
    const expected = normaliseReference(test, over, EPSILON);
    const [output, dx, dScale, dOffset] = (await normalise(kind, test)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const shape = `[${rows}, ${columns}]`;
    expectNear(output, expected.output, 1e-5, `${shape} output`);
    expectNear(dx, expected.xGradient, 5e-5, `${shape} dx`);
    expectNear(dScale, expected.scaleGradient, 2e-5, `${shape} dγ`);
    expectNear(dOffset, expected.offsetGradient, 1e-5, `${shape} dβ`);
  }
}

/** Declares the cases on the current backend. */
export function normaliseContract(): void {
  it.each(KINDS)('agrees with plain loops, forward and backward: %s', agrees);

  it.each(KINDS)('agrees with finite differences: %s', async (kind) => {
    const operands = [normalOperand(1, 6, 5), normalOperand(2, 1, 5), normalOperand(3, 1, 5)] as const;
    const probe = tensor2d(normalOperand(4, 6, 5).values, [6, 5]);
    const objective = (...[x, scale, offset]: Tensor[]): Tensor =>
      sum(mul(apply(kind, x as Tensor2D, flat(scale), flat(offset)), probe));
    const tensors = operands.map(({ values, shape }) => tensor2d(values, [...shape]));
    const analytic = grads(objective)(tensors);
    for (const which of [0, 1, 2]) {
      const numeric = await numericGradient(objective, operands, which);
      const exact = await (analytic[which] as Tensor).data();
      numeric.forEach((value, at) => expect(exact[at]).toBeCloseTo(value, 1.7));
    }
    dispose([probe, ...tensors, ...analytic]);
  });

  it('shows mean and variance of the step', async () => {
    const test = normalisationCase(300, 19);
    const expected = normaliseReference(test, 'rows', EPSILON);
    const operands = [tensor2d(test.x, [300, 19]), tensor1d(test.scale), tensor1d(test.offset)] as const;
    const seen: Tensor[] = [];
    const output = batchNormalise(...operands, (mean, variance) => {
      seen.push(keep(mul(mean, 1)), keep(mul(variance, 1)));
    });
    expectNear(await (seen[0] as Tensor).data(), expected.mean, 1e-6, 'mean');
    expectNear(await (seen[1] as Tensor).data(), expected.variance, 1e-5, 'variance');
    dispose([...operands, ...seen, output]);
  });

  it('gives the same bits twice', async () => {
    for (const [kind] of KINDS)
      expect(await normalise(kind, normalisationCase(700, 64))).toEqual(
        await normalise(kind, normalisationCase(700, 64)),
      );
  });

  it('gives back what has no rows, and names a wrong parameter', () => {
    const before = memory().numTensors;
    const [none, scale, wrong] = [tensor2d([], [0, 3]), tensor1d([1, 1, 1]), tensor1d([1, 1])];
    for (const [kind] of KINDS) {
      const given = apply(kind, none, scale, scale);
      expect(given.shape).toEqual([0, 3]);
      given.dispose();
      expect(() => apply(kind, none, scale, wrong)).toThrow(ShapeError);
    }
    dispose([none, scale, wrong]);
    expect(memory().numTensors).toBe(before);
  });

  it('keeps no tensor and no buffer', async () => {
    const before = memory();
    for (const [kind] of KINDS) await normalise(kind, normalisationCase(13, 6));
    const { numTensors, numDataBuffers } = memory();
    expect({ numTensors, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
  });
}

function flat(tensor: Tensor | undefined): Tensor1D {
  return reshape(tensor as Tensor, [-1]);
}

/**
 * What a device's weighted (focal) cross-entropy must do, as vitest cases on the current tfjs backend. Call inside a
 * `describe` whose `beforeAll` has set the backend. Tests only.
 */
import {
  grad,
  memory,
  mul,
  type Scalar,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  valueAndGrad,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { drawUint32, drawUniform } from '../../../core/random.ts';
import { disagreement, KITE } from '../kernelCases.ts';
import { differentBits, normals, take } from '../segmentSoftmax/segmentCases.ts';
import { maskedCrossEntropy } from './op.ts';
import { maskedCrossEntropyGradientReference, maskedCrossEntropyReference } from './reference.ts';

interface LossCase {
  readonly name: string;
  readonly rows: number;
  readonly classes: number;
  readonly gamma: number;
  readonly logits: Float32Array;
  readonly codes: Int32Array;
  readonly weights: Float32Array;
}

/** Two rows of three have weight 0 and no class. */
export function lossCase(rows: number, classes: number, gamma: number, logits?: Float32Array): LossCase {
  const isRead = (row: number): boolean => row % 3 === 0;
  return {
    name: `[${rows}, ${classes}], exponent ${gamma}${logits === undefined ? '' : ', large logits'}`,
    rows,
    classes,
    gamma,
    logits: logits ?? normals(rows * classes, 81).map((value) => 3 * value),
    codes: Int32Array.from({ length: rows }, (_, row) =>
      isRead(row) ? drawUint32(82, row) % Math.max(1, classes) : -1,
    ),
    weights: Float32Array.from({ length: rows }, (_, row) =>
      isRead(row) ? (0.5 + drawUniform(83, row)) / rows : 0,
    ),
  };
}

/** One class; whole vectors and parts of one; rows around the blocks of 256; logits whose exponentials overflow. */
function lossCases(): LossCase[] {
  const sizes: readonly (readonly [number, number])[] = [
    [1, 1],
    [4, 1],
    [7, 2],
    [50, 3],
    [50, 4],
    [300, 7],
    [255, 8],
    [257, 9],
    [2000, 40],
    [40, 513],
    [0, 3],
  ];
  const large = normals(60 * 5, 84).map((value, at) => 1e4 * Math.sign(value) + (at % 7));
  return [
    ...sizes.flatMap(([rows, classes]) => [0, 2].map((gamma) => lossCase(rows, classes, gamma))),
    lossCase(300, 7, 0.5),
    ...[0, 0.5, 2].map((gamma) => lossCase(60, 5, gamma, large)),
  ];
}

async function computed(test: LossCase, upstream = 1): Promise<[number, Float32Array]> {
  const { rows, classes, gamma } = test;
  const [codes, weights] = [tensor1d(test.codes, 'int32'), tensor1d(test.weights)];
  const logits = tensor2d(test.logits, [rows, classes]);
  const { value, grad: gradient } = valueAndGrad((z: Tensor) =>
    tidy(() => mul(upstream, maskedCrossEntropy(z as Tensor2D, codes, weights, gamma)) as Scalar),
  )(logits);
  const [loss, slopes] = await take(value, gradient);
  for (const tensor of [codes, weights, logits]) tensor.dispose();
  return [(loss as Float32Array)[0] as number, slopes as Float32Array];
}

function agrees(): void {
  it.each(lossCases())('agrees with the reference, loss and gradient: $name', async (test) => {
    const { logits, codes, weights, classes, gamma } = test;
    const [loss, gradient] = await computed(test, 3);
    const expected = 3 * maskedCrossEntropyReference(logits, codes, weights, classes, gamma);
    expect(Math.abs(loss - expected)).toBeLessThanOrEqual(1e-5 * (Math.abs(expected) + 0.1));
    const expectedGradient = maskedCrossEntropyGradientReference(logits, codes, weights, classes, gamma, 3);
    const sizes = expectedGradient.map((value, at) => {
      const weight = weights[Math.floor(at / Math.max(1, classes))] as number;
      // Devices round p to about 1e-7; a zero row is exact.
      return 3 * Math.abs(value) + 0.1 * weight;
    });
    expect(disagreement(gradient, expectedGradient, sizes, classes)).toBeNull();
  });
}

function survivesLargeLogits(): void {
  it('stays finite for logits of ±10,000, right or wrong', async () => {
    const logits = Float32Array.of(1e4, -1e4, -1e4, 1e4);
    const test = { ...lossCase(2, 2, 0), logits, codes: Int32Array.of(0, 0), weights: Float32Array.of(1, 1) };
    for (const gamma of [0, 0.5, 2]) {
      const [loss, gradient] = await computed({ ...test, gamma });
      expect(loss).toBe(20_000);
      expect(Array.from(gradient, (value) => value + 0)).toEqual([0, 0, -1, 1]);
    }
  });
}

function matchesFiniteDifferences(): void {
  it.each([0, 0.5, 2])('has the gradient that finite differences give, exponent %f', async (gamma) => {
    const test = lossCase(9, 4, gamma);
    const [, gradient] = await computed(test);
    const STEP = 1e-5;
    const logits = Array.from(test.logits);
    const at = (element: number, change: number): number =>
      maskedCrossEntropyReference(
        logits.with(element, (logits[element] as number) + change),
        test.codes,
        test.weights,
        test.classes,
        gamma,
      );
    logits.forEach((_, element) => {
      const numeric = (at(element, STEP) - at(element, -STEP)) / (2 * STEP);
      expect(gradient[element]).toBeCloseTo(numeric, 6);
    });
  });
}

function reproducesPublishedValues(): void {
  it('reproduces KITE: the mean cross-entropy of nodes 0 and 3', async () => {
    const logits = Float32Array.from(KITE.product);
    const codes = Int32Array.of(0, -1, -1, 1);
    const weights = Float32Array.of(0.5, 0, 0, 0.5);
    const [loss] = await computed({ ...lossCase(4, 2, 0), logits, codes, weights });
    expect(loss).toBeCloseTo(KITE.loss, 5);
  });

  it('gives the focal losses of methods reference 17 for p = 0.9, 0.6 and 0.2', async () => {
    const losses: number[] = [];
    for (const p of [0.9, 0.6, 0.2]) {
      const logits = Float32Array.of(Math.log(p / (1 - p)), 0);
      const row = { logits, codes: Int32Array.of(0), weights: Float32Array.of(0.25) };
      losses.push((await computed({ ...lossCase(1, 2, 2), ...row }))[0]);
    }
    expect(losses).toEqual([0.000263, 0.020433, 0.25751].map((value) => expect.closeTo(value, 6)));
  });
}

function repeatsItselfWithoutLeaks(): void {
  it('gives the same bits from run to run and keeps no tensor and no buffer', async () => {
    const before = memory();
    for (const test of lossCases()) {
      const [first, second] = [await computed(test), await computed(test)];
      expect([second[0], differentBits(first[1], second[1])]).toEqual([first[0], 0]);
    }
    const { numTensors, numDataBuffers } = memory();
    expect([numTensors, numDataBuffers]).toEqual([before.numTensors, before.numDataBuffers]);
  });
}

function leavesOtherRowsAlone(): void {
  it('reads no row of weight 0, whatever it holds', async () => {
    const logits = Float32Array.of(NaN, Infinity, 1, 2, NaN, NaN);
    const given = { logits, codes: Int32Array.of(-1, 1, 1000), weights: Float32Array.of(0, 1, 0) };
    const [loss, gradient] = await computed({ ...lossCase(3, 2, 0), ...given });
    const p = 1 / (1 + Math.exp(-1));
    expect(loss).toBeCloseTo(-Math.log(p), 5);
    expect(Array.from(gradient)).toEqual([0, 0, 1 - p, p - 1, 0, 0].map((value) => expect.closeTo(value, 5)));
  });
}

function scalesWithUpstream(): void {
  it('scales its gradient with the incoming one', async () => {
    const test = lossCase(30, 5, 0);
    const [[, once], [, twice]] = [await computed(test, 1), await computed(test, 2)];
    expect(
      differentBits(
        once.map((value) => 2 * value),
        twice,
      ),
    ).toBe(0);
    const [codes, weights] = [tensor1d(test.codes, 'int32'), tensor1d(test.weights)];
    const [plain] = await take(
      tidy(() =>
        grad((z) => maskedCrossEntropy(z as Tensor2D, codes, weights))(tensor2d(test.logits, [30, 5])),
      ),
    );
    expect(differentBits(plain as Float32Array, once)).toBe(0);
    for (const tensor of [codes, weights]) tensor.dispose();
  });
}

/** Declares the cases on the current backend. */
export function maskedCrossEntropyContract(): void {
  agrees();
  survivesLargeLogits();
  matchesFiniteDifferences();
  reproducesPublishedValues();
  leavesOtherRowsAlone();
  scalesWithUpstream();
  repeatsItselfWithoutLeaks();
}

/**
 * What a device's softmax per row must do, as vitest cases on the current tfjs backend. Call inside a `describe` whose
 * `beforeAll` has set the backend. Tests only.
 */
import { grad, memory, mul, square, sum, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { disagreement } from '../kernelCases.ts';
import { normalOperand, numericGradient, tensorOf } from '../numericGradient.ts';
import { uploadSparse } from '../sparseTensors.ts';
import golden from './__golden__/segmentSoftmax.json' with { type: 'json' };
import { segmentSoftmax } from './op.ts';
import { segmentSoftmaxGradientReference, segmentSoftmaxReference } from './reference.ts';
import {
  differentBits,
  hubPattern,
  KITE_PATTERN,
  normals,
  type Pattern,
  RANDOM_PATTERN,
  SMALL_PATTERNS,
  take,
} from './segmentCases.ts';

interface SoftmaxCase extends Pattern {
  readonly heads: number;
}

const withHeads = (pattern: Pattern, heads: number): SoftmaxCase => ({
  ...pattern,
  name: `${pattern.name}, ${heads} heads`,
  heads,
});

/** 1 runs along entries on WASM, multiples of 4 whole vectors, the rest parts of one. */
function softmaxCases(): SoftmaxCase[] {
  return [
    ...SMALL_PATTERNS.flatMap((pattern) => [1, 3, 8].map((heads) => withHeads(pattern, heads))),
    ...[0, 2, 4, 5, 17, 513].map((heads) => withHeads(RANDOM_PATTERN, heads)),
    withHeads(hubPattern(100_000), 1),
    withHeads(hubPattern(5000), 4),
  ];
}

async function softmaxes({ matrix, heads }: SoftmaxCase, scores: Float32Array, incoming: Float32Array) {
  const device = uploadSparse(matrix);
  const shape: [number, number] = [matrix.colIndex.length, heads];
  const [s, g] = [tensor2d(scores, shape), tensor2d(incoming, shape)];
  const alpha = segmentSoftmax(device, s);
  const gradient = tidy(() => grad((input) => segmentSoftmax(device, input as Tensor2D))(s, g));
  for (const tensor of [s, g, device]) tensor.dispose();
  return (await take(alpha, gradient)) as [Float32Array, Float32Array];
}

function inputsOf({ matrix, heads }: SoftmaxCase): [Float32Array, Float32Array] {
  const size = matrix.colIndex.length * heads;
  return [normals(size, 41).map((value) => 4 * value), normals(size, 42)];
}

function agrees(): void {
  it.each(softmaxCases())('agrees with the reference, forward and backward: $name', async (test) => {
    const [scores, incoming] = inputsOf(test);
    const { rowPtr } = test.matrix;
    const [alpha, gradient] = await softmaxes(test, scores, incoming);
    const expected = segmentSoftmaxReference(rowPtr, scores, test.heads);
    // GPUs may lose 2 + |x| units in exp(x).
    const sizes = expected.map((value) => 2 * value + 1e-9);
    expect(disagreement(alpha, expected, sizes, test.heads)).toBeNull();
    const expectedGradient = segmentSoftmaxGradientReference(rowPtr, expected, incoming, test.heads);
    const means = segmentSoftmaxGradientReference(
      rowPtr,
      expected,
      incoming.map((value) => -Math.abs(value)),
      test.heads,
    );
    // α·(|g| + Σ α|g|), from −α·(−|g| − (−Σ α|g|)) + 2·α·|g|.
    const gradientSizes = means.map(
      (value, at) => 3 * (value + 2 * (expected[at] as number) * Math.abs(incoming[at] as number)) + 1e-9,
    );
    expect(disagreement(gradient, expectedGradient, gradientSizes, test.heads)).toBeNull();
  });
}

function survivesLargeScores(): void {
  it('stays finite and exact for scores of ±10,000, and ignores a constant added to a row', async () => {
    const matrix = KITE_PATTERN.matrix;
    const device = uploadSparse(matrix);
    const scores = [1e4, -1e4, 1e4, 0, 0, 0, -1e4, -1e4, -1e4, -1e4, 20_000, 20_001];
    const [alpha] = await take(tidy(() => segmentSoftmax(device, tensor2d(scores, [12, 1]))));
    device.dispose();
    const e = Math.E;
    const expected = [0.5, 0, 0.5, 1 / 3, 1 / 3, 1 / 3, 0.25, 0.25, 0.25, 0.25, 1 / (1 + e), e / (1 + e)];
    expect(Array.from(alpha as Float32Array)).toEqual(expected.map((value) => expect.closeTo(value, 6)));
  });
}

function matchesGolden(): void {
  it(`has the values of ${golden.library}`, async () => {
    const { rowPtr, colIndex, scores, alpha, numNodes } = golden;
    const matrix = {
      rows: numNodes,
      cols: numNodes,
      rowPtr: Int32Array.from(rowPtr),
      colIndex: Int32Array.from(colIndex),
      values: null,
    };
    const device = uploadSparse(matrix);
    const [actual] = await take(tidy(() => segmentSoftmax(device, tensor2d(scores, [scores.length, 1]))));
    device.dispose();
    expect(disagreement(actual as Float32Array, alpha, alpha, 1)).toBeNull();
  });
}

function matchesFiniteDifferences(): void {
  it('has the gradient that finite differences give', async () => {
    const device = uploadSparse(KITE_PATTERN.matrix);
    const operand = normalOperand(43, 12, 2);
    const weights = tensorOf(normalOperand(44, 12, 2));
    const objective = (scores: Tensor2D) => sum(mul(weights, square(segmentSoftmax(device, scores))));
    const [analytic] = await take(tidy(() => grad((s) => objective(s as Tensor2D))(tensorOf(operand))));
    const numeric = await numericGradient(objective, [operand], 0);
    const differences = numeric.map((value, at) =>
      Math.abs(value - ((analytic as Float32Array)[at] as number)),
    );
    expect(Math.max(...differences)).toBeLessThan(2e-3);
    for (const tensor of [weights, device]) tensor.dispose();
  });
}

function repeatsItself(): void {
  it.each([withHeads(hubPattern(5000), 3), withHeads(RANDOM_PATTERN, 8)])(
    'gives the same bits from run to run: $name',
    async (test) => {
      const [scores, incoming] = inputsOf(test);
      const first = await softmaxes(test, scores, incoming);
      const second = await softmaxes(test, scores, incoming);
      expect([differentBits(first[0], second[0]), differentBits(first[1], second[1])]).toEqual([0, 0]);
    },
  );
}

function leaksNothing(): void {
  it('keeps no tensor and no buffer, empty cases included', async () => {
    const before = memory();
    for (const pattern of SMALL_PATTERNS) {
      const test = withHeads(pattern, 2);
      await softmaxes(test, ...inputsOf(test));
    }
    const { numTensors, numDataBuffers } = memory();
    expect([numTensors, numDataBuffers]).toEqual([before.numTensors, before.numDataBuffers]);
  });
}

/** Declares the cases on the current backend. */
export function segmentSoftmaxContract(): void {
  agrees();
  survivesLargeScores();
  matchesGolden();
  matchesFiniteDifferences();
  repeatsItself();
  leaksNothing();
}

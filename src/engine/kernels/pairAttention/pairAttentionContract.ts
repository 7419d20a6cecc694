/**
 * What a device's pair attention must do beyond additive attention, whose device code it runs: vitest cases on the current
 * tfjs backend. Call inside a `describe` whose `beforeAll` has set the backend. Tests only.
 */
import {
  grad,
  grads,
  memory,
  profile,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { ADDITIVE_ATTENTION_SUMS_KERNEL } from '../additiveAttention/op.ts';
import {
  additiveAttentionGradientReference,
  additiveAttentionReference,
} from '../additiveAttention/reference.ts';
import { disagreement } from '../kernelCases.ts';
import { type Operand, numericGradient, tensorOf } from '../numericGradient.ts';
import { segmentSoftmax } from '../segmentSoftmax/op.ts';
import {
  differentBits,
  hubPattern,
  KITE_PATTERN,
  normals,
  type Pattern,
  RANDOM_PATTERN,
  SMALL_PATTERNS,
  take,
} from '../segmentSoftmax/segmentCases.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { PAIR_ATTENTION_KERNEL, pairAttention } from './op.ts';

interface PairCase extends Pattern {
  readonly heads: number;
}

const SLOPE = 0.2;

const withHeads = (pattern: Pattern, heads: number): PairCase => ({
  ...pattern,
  name: `${pattern.name}, ${heads} heads`,
  heads,
});

const pairCases = (): PairCase[] => [
  ...SMALL_PATTERNS.map((pattern) => withHeads(pattern, 8)),
  ...[0, 1, 2, 3, 4, 5, 513].map((heads) => withHeads(RANDOM_PATTERN, heads)),
  withHeads(hubPattern(100_000), 1),
  withHeads(hubPattern(5000), 8),
];

/** Scores and the gradients for receiver and sender. */
async function computed({ matrix, heads }: PairCase): Promise<Float32Array[]> {
  const device = uploadSparse(matrix);
  const results = tidy(() => {
    const operands = [
      tensor2d(normals(matrix.rows * heads, 71), [matrix.rows, heads]),
      tensor2d(normals(matrix.cols * heads, 72), [matrix.cols, heads]),
    ];
    const scores = (...given: Tensor[]) => pairAttention(device, ...(given as [Tensor2D, Tensor2D]), SLOPE);
    const entries = matrix.colIndex.length;
    const incoming = tensor2d(normals(entries * heads, 73), [entries, heads]);
    return [scores(...operands), ...grads(scores)(operands, incoming)];
  });
  const values = await take(...results);
  device.dispose();
  return values;
}

function agrees(): void {
  it.each(pairCases())('agrees with the reference, forward and backward: $name', async (test) => {
    const { matrix, heads } = test;
    const plain = {
      rowPtr: matrix.rowPtr,
      colIndex: matrix.colIndex,
      heads,
      depth: 1,
      negativeSlope: SLOPE,
      receiver: normals(matrix.rows * heads, 71),
      sender: normals(matrix.cols * heads, 72),
      attention: null,
    };
    const incoming = normals(matrix.colIndex.length * heads, 73);
    const expected = additiveAttentionGradientReference(plain, incoming);
    const sizes = additiveAttentionGradientReference(plain, incoming.map(Math.abs));
    const expectedScores = additiveAttentionReference(plain);
    const [scores, dReceiver, dSender] = (await computed(test)) as [Float32Array, Float32Array, Float32Array];
    expect(disagreement(scores, expectedScores, expectedScores.map(Math.abs), heads)).toBeNull();
    expect(disagreement(dReceiver, expected.receiver, sizes.receiver, heads)).toBeNull();
    expect(disagreement(dSender, expected.sender, sizes.sender, heads)).toBeNull();
  });
}

function reproducesKite(): void {
  it('reproduces the GAT attention of KITE', async () => {
    const device = uploadSparse(KITE_PATTERN.matrix);
    // X·W = [[.5, −.3], [.2, .4], [.7, .1], [.8, −1]] with a_d = (−.2, .7) and a_s = (.6, −.4).
    const receiver = tensor2d([-0.31, 0.24, -0.07, -0.86], [4, 1]);
    const sender = tensor2d([0.42, -0.04, 0.38, 0.88], [4, 1]);
    const alpha = tidy(() => segmentSoftmax(device, pairAttention(device, receiver, sender, SLOPE)));
    for (const tensor of [receiver, sender, device]) tensor.dispose();
    const [values] = await take(alpha);
    const rows2And3 = Array.from((values as Float32Array).subarray(6));
    const expected = [0.236171, 0.162806, 0.226911, 0.374113, 0.471032, 0.528968];
    expect(rows2And3).toEqual(expected.map((value) => expect.closeTo(value, 5)));
  });
}

/** Receivers on halves and senders between them: no pre-activation within a finite step of the kink. */
function operandsOffTheKink(): Operand[] {
  const onGrid = (values: Float32Array, shift: number): Float32Array =>
    values.map((value) => Math.round(2 * value) / 2 + shift);
  return [
    { values: onGrid(normals(12, 74), 0), shape: [4, 3] },
    { values: onGrid(normals(12, 75), 0.25), shape: [4, 3] },
  ];
}

function matchesFiniteDifferences(): void {
  it('has the gradients that finite differences give', async () => {
    const device = uploadSparse(KITE_PATTERN.matrix);
    const operands = operandsOffTheKink();
    const objective = (...given: Tensor[]) =>
      sum(square(pairAttention(device, ...(given as [Tensor2D, Tensor2D]), SLOPE)));
    const analytic = await take(...tidy(() => grads(objective)(operands.map(tensorOf))));
    for (const which of [0, 1]) {
      const numeric = await numericGradient(objective, operands, which);
      const errors = numeric.map((value, at) =>
        Math.abs(value - ((analytic[which] as Float32Array)[at] as number)),
      );
      expect(Math.max(...errors)).toBeLessThan(2e-2);
    }
    device.dispose();
  });
}

function computesNothingForConstants(): void {
  it('computes gradients only for the inputs that need them', async () => {
    const device = uploadSparse(KITE_PATTERN.matrix);
    const [receiver, sender] = operandsOffTheKink().map(tensorOf) as [Tensor2D, Tensor2D];
    const ofReceiver = (input: Tensor) => sum(pairAttention(device, input as Tensor2D, sender, SLOPE));
    const { kernels } = await profile(() => tidy(() => void grad(ofReceiver)(receiver)));
    const run = kernels
      .map(({ name }) => name)
      .filter((name) => name === PAIR_ATTENTION_KERNEL || name === ADDITIVE_ATTENTION_SUMS_KERNEL);
    expect(run).toEqual([PAIR_ATTENTION_KERNEL, ADDITIVE_ATTENTION_SUMS_KERNEL]);
    for (const tensor of [receiver, sender, device]) tensor.dispose();
  });
}

function repeatsItselfWithoutLeaks(): void {
  it('gives the same bits from run to run and keeps no tensor and no buffer', async () => {
    const before = memory();
    for (const pattern of [...SMALL_PATTERNS, hubPattern(5000)]) {
      const test = withHeads(pattern, 3);
      const [first, second] = [await computed(test), await computed(test)];
      const differences = first.map((values, at) => differentBits(values, second[at] as Float32Array));
      expect(differences).toEqual([0, 0, 0]);
    }
    const { numTensors, numDataBuffers } = memory();
    expect([numTensors, numDataBuffers]).toEqual([before.numTensors, before.numDataBuffers]);
  });
}

/** Declares the cases on the current backend. */
export function pairAttentionContract(): void {
  agrees();
  reproducesKite();
  matchesFiniteDifferences();
  computesNothingForConstants();
  repeatsItselfWithoutLeaks();
}

/**
 * What a device's additive attention scores must do, as vitest cases on the current tfjs backend. Call inside a `describe`
 * whose `beforeAll` has set the backend. Tests only.
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
import { ADDITIVE_ATTENTION_KERNEL, ADDITIVE_ATTENTION_SUMS_KERNEL, additiveAttention } from './op.ts';
import {
  type AttentionCase,
  additiveAttentionGradientReference,
  additiveAttentionReference,
} from './reference.ts';

interface ScoreCase extends Pattern {
  readonly heads: number;
  readonly depth: number;
}

const SLOPE = 0.2;

const withHeads = (pattern: Pattern, heads: number, depth: number): ScoreCase => ({
  ...pattern,
  name: `${pattern.name}, ${heads} × ${depth}`,
  heads,
  depth,
});

/** Depths that are one, whole vectors, parts of one; heads that are vectors when the depth is one. */
function scoreCases(): ScoreCase[] {
  const sizes: readonly (readonly [number, number])[] = [
    [1, 1],
    [8, 1],
    [513, 1],
    [1, 513],
    [3, 5],
    [2, 4],
    [1, 3],
    [0, 4],
  ];
  return [
    ...SMALL_PATTERNS.flatMap((pattern) => [withHeads(pattern, 8, 8), withHeads(pattern, 5, 1)]),
    ...sizes.map(([heads, depth]) => withHeads(RANDOM_PATTERN, heads, depth)),
    withHeads(hubPattern(100_000), 1, 1),
    withHeads(hubPattern(5000), 2, 4),
  ];
}

function inputsOf({ matrix, heads, depth }: ScoreCase) {
  const width = heads * depth;
  return {
    receiver: normals(matrix.rows * width, 61),
    sender: normals(matrix.cols * width, 62),
    attention: normals(width, 63),
    incoming: normals(matrix.colIndex.length * heads, 64),
  };
}

type Inputs = ReturnType<typeof inputsOf>;

/** Scores and the gradients for receiver, sender and attention. */
async function computed({ matrix, heads, depth }: ScoreCase, inputs: Inputs): Promise<Float32Array[]> {
  const device = uploadSparse(matrix);
  const width = heads * depth;
  const results = tidy(() => {
    const operands = [
      tensor2d(inputs.receiver, [matrix.rows, width]),
      tensor2d(inputs.sender, [matrix.cols, width]),
      tensor2d(inputs.attention, [heads, depth]),
    ] as const;
    const scores = (...given: Tensor[]) =>
      additiveAttention(device, ...(given as [Tensor2D, Tensor2D, Tensor2D]), SLOPE);
    const incoming = tensor2d(inputs.incoming, [matrix.colIndex.length, heads]);
    return [scores(...operands), ...grads(scores)([...operands], incoming)];
  });
  const values = await take(...results);
  device.dispose();
  return values;
}

const absolute = (values: Float32Array): Float32Array => values.map(Math.abs);

function agrees(): void {
  it.each(scoreCases())('agrees with the reference, forward and backward: $name', async (test) => {
    const inputs = inputsOf(test);
    const { rowPtr, colIndex } = test.matrix;
    const { heads, depth } = test;
    const width = heads * depth;
    const { receiver, sender, attention } = inputs;
    const plain: AttentionCase = {
      rowPtr,
      colIndex,
      receiver,
      sender,
      attention,
      heads,
      depth,
      negativeSlope: SLOPE,
    };
    // With every term positive the same sums bound what rounding is measured against.
    const positiveFactors = { ...plain, attention: absolute(attention) };
    const positive = { ...positiveFactors, receiver: absolute(receiver), sender: absolute(sender) };
    const incoming = absolute(inputs.incoming);
    const sizes = additiveAttentionGradientReference(positiveFactors, incoming);
    const attentionSizes = additiveAttentionGradientReference(positive, incoming).attention;
    const expected = additiveAttentionGradientReference(plain, inputs.incoming);
    const [scores, dReceiver, dSender, dAttention] = (await computed(test, inputs)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const scoreSizes = additiveAttentionReference(positive);
    expect(disagreement(scores, additiveAttentionReference(plain), scoreSizes, heads)).toBeNull();
    expect(disagreement(dReceiver, expected.receiver, sizes.receiver, width)).toBeNull();
    expect(disagreement(dSender, expected.sender, sizes.sender, width)).toBeNull();
    expect(disagreement(dAttention, expected.attention, attentionSizes, width)).toBeNull();
  });
}

/** Receivers on halves and senders between them: no pre-activation within a finite step of the kink. */
function operandsOffTheKink(): [Operand, Operand, Operand] {
  const onGrid = (values: Float32Array, shift: number): Float32Array =>
    values.map((value) => Math.round(2 * value) / 2 + shift);
  return [
    { values: onGrid(normals(24, 65), 0), shape: [4, 6] },
    { values: onGrid(normals(24, 66), 0.25), shape: [4, 6] },
    { values: normals(6, 67), shape: [2, 3] },
  ];
}

function matchesFiniteDifferences(): void {
  it('has the gradients that finite differences give', async () => {
    const device = uploadSparse(KITE_PATTERN.matrix);
    const operands = operandsOffTheKink();
    const objective = (...given: Tensor[]) =>
      sum(square(additiveAttention(device, ...(given as [Tensor2D, Tensor2D, Tensor2D]), SLOPE)));
    const analytic = await take(...tidy(() => grads(objective)(operands.map(tensorOf))));
    for (const which of [0, 1, 2]) {
      const numeric = await numericGradient(objective, operands, which);
      const errors = numeric.map(
        (value, at) =>
          Math.abs(value - ((analytic[which] as Float32Array)[at] as number)) / Math.max(1, Math.abs(value)),
      );
      expect(Math.max(...errors)).toBeLessThan(1e-2);
    }
    device.dispose();
  });
}

function reproducesKite(): void {
  it('reproduces the GATv2 attention of KITE', async () => {
    const device = uploadSparse(KITE_PATTERN.matrix);
    // X·W and X·Wn of methods reference 0.5; attention (0.6, −0.4).
    const receiver = tensor2d([0.5, -0.3, 0.2, 0.4, 0.7, 0.1, 0.8, -1], [4, 2]);
    const sender = tensor2d([0.1, 0.2, 0.3, -0.1, 0.4, 0.1, -0.1, 0.5], [4, 2]);
    const attention = tensor2d([0.6, -0.4], [1, 2]);
    const alpha = tidy(() =>
      segmentSoftmax(device, additiveAttention(device, receiver, sender, attention, SLOPE)),
    );
    for (const tensor of [receiver, sender, attention, device]) tensor.dispose();
    const [values] = await take(alpha);
    const row2 = Array.from((values as Float32Array).subarray(6, 10));
    expect(row2).toEqual([0.232345, 0.295368, 0.289519, 0.182769].map((value) => expect.closeTo(value, 5)));
  });
}

function computesNothingForConstants(): void {
  it('computes gradients only for the inputs that need them', async () => {
    const device = uploadSparse(KITE_PATTERN.matrix);
    const operands = operandsOffTheKink().map(tensorOf) as [Tensor2D, Tensor2D, Tensor2D];
    for (const which of [0, 1, 2]) {
      const objective = (input: Tensor) => {
        const given = operands.with(which, input as Tensor2D) as [Tensor2D, Tensor2D, Tensor2D];
        return sum(additiveAttention(device, ...given, SLOPE));
      };
      const { kernels } = await profile(() => tidy(() => void grad(objective)(operands[which] as Tensor2D)));
      const run = kernels
        .map(({ name }) => name)
        .filter((name) => name === ADDITIVE_ATTENTION_KERNEL || name === ADDITIVE_ATTENTION_SUMS_KERNEL);
      expect(run).toEqual([ADDITIVE_ATTENTION_KERNEL, ADDITIVE_ATTENTION_SUMS_KERNEL]);
    }
    for (const tensor of [...operands, device]) tensor.dispose();
  });
}

function repeatsItself(): void {
  it.each([withHeads(hubPattern(5000), 2, 4), withHeads(RANDOM_PATTERN, 8, 8)])(
    'gives the same bits from run to run: $name',
    async (test) => {
      const inputs = inputsOf(test);
      const [first, second] = [await computed(test, inputs), await computed(test, inputs)];
      const differences = first.map((values, at) => differentBits(values, second[at] as Float32Array));
      expect(differences).toEqual([0, 0, 0, 0]);
    },
  );
}

function leaksNothing(): void {
  it('keeps no tensor and no buffer, empty cases included', async () => {
    const before = memory();
    for (const pattern of SMALL_PATTERNS) {
      const test = withHeads(pattern, 2, 3);
      await computed(test, inputsOf(test));
    }
    const { numTensors, numDataBuffers } = memory();
    expect([numTensors, numDataBuffers]).toEqual([before.numTensors, before.numDataBuffers]);
  });
}

/** Declares the cases on the current backend. */
export function additiveAttentionContract(): void {
  agrees();
  matchesFiniteDifferences();
  reproducesKite();
  computesNothingForConstants();
  repeatsItself();
  leaksNothing();
}

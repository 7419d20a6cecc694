import { grad, memory, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { bitsetOf } from '../../core/bitset.ts';
import { ParameterError } from '../../core/errors.ts';
import { startBackend } from '../backend.ts';
import type { BackendName } from '../runTypes.ts';
import { createMaskedCrossEntropy, type MaskedCrossEntropyOptions } from './maskedCrossEntropy.ts';

/** Plain loops in float64. */
function reference(logits: number[][], codes: readonly number[], rows: readonly number[]): number {
  let sum = 0;
  for (const row of rows) {
    const z = logits[row] ?? [];
    const max = Math.max(...z);
    const logSum = Math.log(z.reduce((total, value) => total + Math.exp(value - max), 0)) + max;
    sum += logSum - (z[codes[row] ?? 0] ?? 0);
  }
  return sum / rows.length;
}

const logits = [
  [0.2, -1, 3],
  [100, -100, 0],
  [0, 0, 0],
  [-2, 5, 1],
];
const codes = [2, 0, 1, 0];

describe.each<BackendName>(['cpu', 'wasm'])('masked cross-entropy on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it.each([[[0]], [[1, 2]], [[0, 1, 2, 3]]])(
    'equals plain loops over rows %j, large logits included',
    async (rows) => {
      const objective = createMaskedCrossEntropy(Int32Array.from(codes), bitsetOf(4, rows), 3);
      const z = tensor2d(logits);
      const loss = objective.loss(z);
      expect((await loss.data())[0]).toBeCloseTo(reference(logits, codes, rows), 5);
      for (const tensor of [loss, z]) tensor.dispose();
      objective.dispose();
    },
  );

  it('has the gradient that finite differences give, zero outside the rows', async () => {
    const rows = [0, 3];
    const before = memory().numTensors;
    const objective = createMaskedCrossEntropy(Int32Array.from(codes), bitsetOf(4, rows), 3);
    const z = tensor2d(logits);
    const gradient = grad((input) => objective.loss(input as Tensor2D))(z);
    const values = await gradient.data();
    const step = 1e-5;
    logits.forEach((row, i) =>
      row.forEach((_, c) => {
        const moved = (by: number) =>
          logits.map((r, at) => r.map((value, column) => (at === i && column === c ? value + by : value)));
        const numeric =
          (reference(moved(step), codes, rows) - reference(moved(-step), codes, rows)) / (2 * step);
        expect(values[i * 3 + c]).toBeCloseTo(numeric, 5);
      }),
    );
    for (const tensor of [gradient, z]) tensor.dispose();
    objective.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('gives 0.960153 for the propagated logits of the kite graph with y0 = 0, y3 = 1', async () => {
    const kite = [
      [0.435406, 0.062201],
      [0.435406, 0.062201],
      [0.659915, -0.299686],
      [0.647487, -0.464645],
    ];
    const objective = createMaskedCrossEntropy(Int32Array.of(0, -1, -1, 1), bitsetOf(4, [0, 3]), 2);
    const z = tensor2d(kite);
    const loss = objective.loss(z);
    expect((await loss.data())[0]).toBeCloseTo(0.960153, 5);
    for (const tensor of [loss, z]) tensor.dispose();
    objective.dispose();
  });
});

describe('weighted and focal cross-entropy', () => {
  beforeAll(async () => {
    await startBackend('cpu', nodeEngineHost(), { threads: 1 });
  });

  async function lossOf(options: MaskedCrossEntropyOptions): Promise<number> {
    const objective = createMaskedCrossEntropy(Int32Array.from(codes), bitsetOf(4, [0, 2, 3]), 3, options);
    const z = tensor2d(logits);
    const loss = objective.loss(z);
    const value = (await loss.data())[0] as number;
    for (const tensor of [loss, z]) tensor.dispose();
    objective.dispose();
    return value;
  }

  it('divides by the weights of the rows, not by their number', async () => {
    const single = [0, 2, 3].map((row) => reference(logits, codes, [row])) as [number, number, number];
    // Classes of rows 0, 2, 3 are 2, 1, 0.
    const expected = (5 * single[0] + 0.5 * single[1] + 2 * single[2]) / 7.5;
    expect(await lossOf({ classWeights: Float32Array.of(2, 0.5, 5) })).toBeCloseTo(expected, 5);
  });

  it('is plain cross-entropy with equal weights and exponent 0', async () => {
    const plain = await lossOf({});
    expect(await lossOf({ classWeights: Float32Array.of(3, 3, 3), focalGamma: 0 })).toBeCloseTo(plain, 6);
    expect(await lossOf({ classWeights: null })).toBe(plain);
    expect(plain).toBeCloseTo(reference(logits, codes, [0, 2, 3]), 5);
  });

  it('turns down rows that are right by (1 − p)^γ', async () => {
    const expected = [0, 2, 3].map((row) => {
      const crossEntropy = reference(logits, codes, [row]);
      return (1 - Math.exp(-crossEntropy)) ** 2 * crossEntropy;
    });
    const mean = expected.reduce((sum, value) => sum + value, 0) / 3;
    expect(await lossOf({ focalGamma: 2 })).toBeCloseTo(mean, 5);
  });

  const refusals: readonly (readonly [string, MaskedCrossEntropyOptions, ParameterError])[] = [
    [
      'too few class weights',
      { classWeights: Float32Array.of(1, 2) },
      new ParameterError('There are 2 class weights for 3 classes.', {
        code: 'class-weights',
        remedy: 'Give one weight of 0 or more per class.',
        details: { id: 'classWeights', value: [1, 2], numClasses: 3 },
      }),
    ],
    [
      'a negative class weight',
      { classWeights: Float32Array.of(1, -2, 1) },
      new ParameterError('The weight of class 1 is -2; weights must be finite and not negative.', {
        code: 'class-weights',
        remedy: 'Give one weight of 0 or more per class.',
        details: { id: 'classWeights', value: [1, -2, 1], numClasses: 3 },
      }),
    ],
    [
      'only weights of 0',
      { classWeights: Float32Array.of(0, 0, 0) },
      new ParameterError('Every class among the training rows has weight 0, so nothing would be learned.', {
        code: 'class-weights',
        remedy: 'Give a positive weight to a class that the training rows have.',
        details: { id: 'classWeights' },
      }),
    ],
    [
      'an exponent that is not a number',
      { focalGamma: Number.NaN },
      new ParameterError('The focal exponent is NaN; it must be finite and not negative.', {
        code: 'focal-gamma',
        remedy: 'Give a focal exponent of 0 or more; 2 is usual.',
        details: { id: 'focalGamma', value: Number.NaN },
      }),
    ],
  ];

  it.each(refusals)('refuses %s', (_, options, error) => {
    expect(() =>
      createMaskedCrossEntropy(Int32Array.from(codes), bitsetOf(4, [0, 2, 3]), 3, options),
    ).toThrow(error);
  });

  it.each([-1, 3])('refuses a training row of class %i', (code) => {
    expect(() => createMaskedCrossEntropy(Int32Array.of(0, code), bitsetOf(2, [0, 1]), 3)).toThrow(
      new ParameterError(`Row 1 is trained on but has class ${code}, outside 0 to 2.`, {
        code: 'class-code',
        remedy: 'Train on labelled rows only.',
        details: { row: 1, code, numClasses: 3 },
      }),
    );
  });
});

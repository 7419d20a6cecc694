/** Losses over chosen rows against plain loops in float64 and finite differences. Cross-entropy has a file of its own. */
import { grad, memory, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { bitsetOf } from '../../core/bitset.ts';
import { startBackend } from '../backend.ts';
import type { BackendName } from '../runTypes.ts';
import { createMaskedBinaryCrossEntropy } from './maskedBinaryCrossEntropy.ts';
import { createMaskedRegression, type RegressionLoss } from './maskedRegression.ts';
import type { Objective } from './objective.ts';

const NAN = Number.NaN;

interface LossCase {
  readonly name: string;
  readonly output: readonly number[][];
  create(): Objective;
  reference(output: readonly number[][]): number;
}

const regressionTargets = [1, NAN, -2, 0.5, 3];
const regressionRows = [0, 2, 3];
const PER_DIFFERENCE: Record<RegressionLoss, (d: number) => number> = {
  mse: (d) => d * d,
  mae: Math.abs,
  huber: (d) => (Math.abs(d) <= 1 ? 0.5 * d * d : Math.abs(d) - 0.5),
};

const regressionCase = (kind: RegressionLoss): LossCase => ({
  name: kind,
  output: [[0.3], [9], [-0.4], [0.1], [-7]],
  create: () =>
    createMaskedRegression(Float32Array.from(regressionTargets), bitsetOf(5, regressionRows), kind),
  reference: (output) =>
    regressionRows.reduce(
      (sum, row) => sum + PER_DIFFERENCE[kind]((output[row]?.[0] ?? NAN) - (regressionTargets[row] ?? NAN)),
      0,
    ) / regressionRows.length,
});

const labels = [
  [1, 0, NAN],
  [0, 1, 1],
  [1, 1, 1],
];

const binaryCase = (weight: readonly number[] | null): LossCase => ({
  name: weight === null ? 'binary cross-entropy' : 'binary cross-entropy, weighted positives',
  output: [
    [0.2, -30, 4],
    [-1, 3, 0.5],
    [7, 7, 7],
  ],
  create: () =>
    createMaskedBinaryCrossEntropy(
      Float32Array.from(labels.flat()),
      bitsetOf(3, [0, 1]),
      3,
      weight === null ? null : Float32Array.from(weight),
    ),
  reference(output) {
    let sum = 0;
    let known = 0;
    for (const row of [0, 1]) {
      labels[row]?.forEach((truth, label) => {
        if (Number.isNaN(truth)) return;
        known++;
        const p = 1 / (1 + Math.exp(-(output[row]?.[label] ?? NAN)));
        sum -= truth === 1 ? (weight?.[label] ?? 1) * Math.log(p) : Math.log(1 - p);
      });
    }
    return sum / known;
  },
});

const CASES = [
  regressionCase('mse'),
  regressionCase('mae'),
  regressionCase('huber'),
  binaryCase(null),
  binaryCase([2, 3, 0.5]),
];

describe.each<BackendName>(['cpu', 'wasm'])('losses on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it.each(CASES.map((test) => [test.name, test] as const))(
    '%s: value and gradient, nothing outside the rows',
    async (_, { output, create, reference }) => {
      const before = memory().numTensors;
      const objective = create();
      const x = tensor2d(output.map((row) => [...row]));
      const loss = tidy(() => objective.loss(x));
      expect((await loss.data())[0]).toBeCloseTo(reference(output), 5);
      const gradient = tidy(() => grad((input) => objective.loss(input as Tensor2D))(x));
      const values = await gradient.data();
      const width = output[0]?.length ?? 0;
      const step = 1e-4;
      output.forEach((row, i) =>
        row.forEach((__, c) => {
          const moved = (by: number) =>
            output.map((r, at) => r.map((value, column) => (at === i && column === c ? value + by : value)));
          const numeric = (reference(moved(step)) - reference(moved(-step))) / (2 * step);
          expect(values[i * width + c]).toBeCloseTo(numeric, 4);
        }),
      );
      for (const tensor of [loss, gradient, x]) tensor.dispose();
      objective.dispose();
      expect(memory().numTensors).toBe(before);
    },
  );

  it('stays finite for logits of ±10,000', async () => {
    const objective = createMaskedBinaryCrossEntropy(Float32Array.of(1, 0), bitsetOf(1, [0]), 2, null);
    const x = tensor2d([[-10_000, 10_000]]);
    const loss = tidy(() => objective.loss(x));
    expect((await loss.data())[0]).toBeCloseTo(10_000, 0);
    for (const tensor of [loss, x]) tensor.dispose();
    objective.dispose();
  });
});

import { grad, memory, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { bitsetOf } from '../../core/bitset.ts';
import { startBackend } from '../backend.ts';
import type { BackendName } from '../runTypes.ts';
import { createMaskedCrossEntropy } from './maskedCrossEntropy.ts';

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

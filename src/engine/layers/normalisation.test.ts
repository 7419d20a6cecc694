/** Normalisation as a layer: running statistics, inference, checkpoints, no tensor left. Values: kernels/normalise. */
import { add, memory, mean, mul, type Tensor, tensor2d, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { startBackend } from '../backend.ts';
import { createParameterStore } from '../parameterStore.ts';
import type { BackendName } from '../runTypes.ts';
import { INFERENCE } from './goldenCases.ts';
import { createLayerContext } from './layerContext.ts';
import { createNormalisation } from './normalisation.ts';

const TRAINING = { ...INFERENCE, isTraining: true, step: 1 };
/** Columns: mean 2 and 10, variance over N 2 and 10, over N − 1 8/3 and 40/3. */
const STEP = [
  [0, 12],
  [2, 14],
  [2, 8],
  [4, 6],
];

function layerOf(kind: string) {
  const store = createParameterStore();
  return { store, normalise: createNormalisation(createLayerContext(store, 0, 0), 'norm', kind, 2) };
}

const values = (tensor: Tensor): number[] => [...tensor.dataSync()];
const bufferValues = async (store: ReturnType<typeof createParameterStore>, name: string) => [
  ...((await store.read(0)).tensors.find((tensor) => tensor.name === name)?.values ?? []),
];

function expectValues(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, at) => expect(value).toBeCloseTo(expected[at] as number, 4));
}

describe.each<BackendName>(['cpu', 'wasm'])('createNormalisation on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it('batch: moves the running statistics a tenth towards the step', async () => {
    const { store, normalise } = layerOf('batch');
    tidy(() => normalise(tensor2d(STEP), TRAINING));
    expectValues(await bufferValues(store, 'norm.runningMean'), [0.2, 1]);
    expectValues(await bufferValues(store, 'norm.runningVariance'), [0.9 + 0.8 / 3, 0.9 + 4 / 3]);
    tidy(() => normalise(tensor2d(STEP), TRAINING));
    expectValues(await bufferValues(store, 'norm.runningMean'), [0.38, 1.9]);
    store.dispose();
  });

  it('batch: uses and keeps the running statistics at inference', async () => {
    const { store, normalise } = layerOf('batch');
    tidy(() => normalise(tensor2d(STEP), TRAINING));
    const output = tidy(() => values(normalise(tensor2d([[1, 1]]), INFERENCE)));
    expectValues(output, [0.8 / Math.sqrt(0.9 + 0.8 / 3 + 1e-5), 0]);
    expectValues(await bufferValues(store, 'norm.runningMean'), [0.2, 1]);
    store.dispose();
  });

  it('batch: one row has no spread, and the running variance shrinks', async () => {
    const { store, normalise } = layerOf('batch');
    expect(tidy(() => values(normalise(tensor2d([[3, -4]]), TRAINING)))).toEqual([0, 0]);
    expectValues(await bufferValues(store, 'norm.runningVariance'), [0.9, 0.9]);
    store.dispose();
  });

  it('layer: is the same in training and at inference', () => {
    const { store, normalise } = layerOf('layer');
    const [training, inference] = [TRAINING, INFERENCE].map((pass) =>
      tidy(() => values(normalise(tensor2d(STEP), pass))),
    );
    expect(training).toEqual(inference);
    expectValues(training as number[], [-1, 1, -1, 1, -1, 1, -1, 1]);
    store.dispose();
  });

  it('none: gives x back and has nothing to learn', () => {
    const { store, normalise } = layerOf('none');
    const x = tensor2d(STEP);
    expect(normalise(x, TRAINING)).toBe(x);
    expect(store.all).toEqual([]);
    x.dispose();
  });

  it.each(['batch', 'layer'])('%s: leaves no tensor behind over steps', (kind) => {
    const { store, normalise } = layerOf(kind);
    const x = tensor2d(STEP);
    const before = memory().numTensors;
    for (let step = 0; step < 3; step++) {
      tidy(() => {
        const { grads } = variableGrads(() => {
          const out = normalise(x, TRAINING);
          return mean(mul(out, add(out, 1))) as never;
        });
        expect(Object.keys(grads)).toHaveLength(2);
      });
    }
    expect(memory().numTensors).toBe(before);
    x.dispose();
    store.dispose();
  });
});

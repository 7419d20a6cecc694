import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../../core/bitset.ts';
import { meanValue } from './mean-value.ts';
import type { GraphInput } from '../graphInput.ts';
import type { ModelContext } from './modelTypes.ts';

/** The baseline reads neither graph nor features. */
const NO_INPUT = {} as GraphInput;

function contextOf(targets: readonly number[], numOutputs: number, train: readonly number[]): ModelContext {
  const nodes = targets.length / numOutputs;
  return {
    training: NO_INPUT,
    evaluation: NO_INPUT,
    supervision: {
      kind: 'value',
      numOutputs,
      codes: new Int32Array(nodes).fill(-1),
      targets: Float32Array.from(targets),
      train: bitsetOf(nodes, train),
      objective: () => {
        throw new Error('a baseline minimises nothing');
      },
    },
    batches: () => null,
    seed: 0,
    values: {},
    breathe: () => Promise.resolve(),
  };
}

describe('mean value', () => {
  it('is the mean of the training targets, missing ones left out; the loss is their variance', async () => {
    const model = meanValue.create(contextOf([1, 3, Number.NaN, 100], 1, [0, 1, 2]));
    expect((await model.predict(true)).output).toEqual(Float32Array.of(2, 2, 2, 2));
    expect(await model.step(1, 0)).toBeCloseTo(1, 12);
  });

  it('has one mean per output', async () => {
    const model = meanValue.create(contextOf([1, 10, 3, 30], 2, [0, 1]));
    expect((await model.predict(false)).output).toEqual(Float32Array.of(2, 20, 2, 20));
  });

  it('stays finite without any training target', async () => {
    const model = meanValue.create(contextOf([Number.NaN, 5], 1, [0]));
    expect((await model.predict(false)).output).toEqual(Float32Array.of(0, 0));
    expect(await model.step(1, 0)).toBe(0);
  });
});

/**
 * What a device's counter-based dropout must do, as vitest cases on the current tfjs backend. Call inside a `describe`
 * whose `beforeAll` has set the backend. Tests only.
 */
import { grad, memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { probabilityThreshold } from '../../../core/random.ts';
import { type DropoutCase, dropoutCases, dropoutInput } from '../kernelCases.ts';
import { counterDropout } from './op.ts';
import { dropoutReference } from './reference.ts';

/** Returns the first element whose mask or value is wrong, in words, or null. Masks exact, values to 1e-6. */
function disagreement(actual: ArrayLike<number>, input: Float32Array, test: DropoutCase): string | null {
  const threshold = probabilityThreshold(test.rate);
  const expected = dropoutReference(input, test.key, threshold, 1 / (1 - test.rate));
  if (actual.length !== expected.length) return `length ${actual.length}, expected ${expected.length}`;
  const wrong = expected.findIndex((value, element) => {
    const difference = Math.abs((actual[element] as number) - value);
    return value === 0 ? actual[element] !== 0 : !(difference <= 1e-6 * Math.abs(value));
  });
  return wrong < 0 ? null : `element ${wrong}: ${actual[wrong]}, expected ${expected[wrong]}`;
}

/** Returns dropout of x and the gradient for x under the incoming gradient g, as the device computes them. */
async function dropped(test: DropoutCase, values: Float32Array, weights: Float32Array) {
  const shape = [...test.shape];
  const x: Tensor = tensor(values, shape, 'float32');
  const g: Tensor = tensor(weights, shape, 'float32');
  const output = counterDropout(x, test.rate, test.key);
  const gradient = tidy(() => grad((input: Tensor) => counterDropout(input, test.rate, test.key))(x, g));
  const result = { output: await output.data(), gradient: await gradient.data(), shape: output.shape };
  for (const each of [x, g, output, gradient]) each.dispose();
  return result;
}

/** Declares the cases on the current backend. */
export function dropoutContract(): void {
  it.each(dropoutCases)('drops what the reference drops, forward and backward: $name', async (test) => {
    const values = dropoutInput(test.shape);
    const weights = values.map((value, element) => (element % 2 === 0 ? value : -3 * value));
    const { output, gradient, shape } = await dropped(test, values, weights);
    expect(shape).toEqual(test.shape);
    expect(disagreement(output, values, test)).toBeNull();
    expect(disagreement(gradient, weights, test)).toBeNull();
  });

  it('changes the mask with the key and never between two calls', async () => {
    const test = { name: 'any', shape: [4096], rate: 0.5, key: 17 };
    const ones = new Float32Array(4096).fill(1);
    const first = await dropped(test, ones, ones);
    expect(await dropped(test, ones, ones)).toEqual(first);
    const other = await dropped({ ...test, key: 18 }, ones, ones);
    const differing = other.output.filter((value, element) => value !== first.output[element]).length;
    // Two independent masks differ at half of the elements; six standard deviations are 192.
    expect(Math.abs(differing - 2048)).toBeLessThan(192);
  });

  it('returns a copy of x at rate 0', async () => {
    const x = tensor([1, -2, 3]);
    const output = counterDropout(x, 0, 5);
    x.dispose();
    expect(Array.from(await output.data())).toEqual([1, -2, 3]);
    output.dispose();
  });

  it('keeps no tensor and no buffer', async () => {
    const before = memory();
    for (const test of dropoutCases) {
      const values = dropoutInput(test.shape);
      await dropped(test, values, values);
    }
    const { numTensors, numDataBuffers } = memory();
    expect({ numTensors, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
  });
}

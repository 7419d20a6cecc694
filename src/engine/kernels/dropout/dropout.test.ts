/** The WASM kernel of counter-based dropout: the contract of every device, exact values, thread counts. */
import { tensor1d, tidy } from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { probabilityThreshold } from '../../../core/random.ts';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { dropoutContract } from './dropoutContract.ts';
import { counterDropout } from './op.ts';
import { dropoutReference } from './reference.ts';

const KEY = 0x9e3779b9;

function dropped(values: Float32Array, rate: number): Float32Array {
  return tidy(() => counterDropout(tensor1d(values), rate, KEY).dataSync()) as Float32Array;
}

const ramp = (length: number): Float32Array => Float32Array.from({ length }, (_, element) => 1 + element / 7);

describeOnWasm('dropout', () => {
  dropoutContract();

  it.each([1, 2, 3, 4, 5, 4096, 4099])('has the bits of the reference at length %i', (length) => {
    const values = ramp(length);
    const expected = dropoutReference(values, KEY, probabilityThreshold(0.3), 1 / (1 - 0.3));
    expectSameBits(dropped(values, 0.3), expected);
  });
});

describe('dropout on wasm', () => {
  it('gives the same bits on 1, 2 and 3 threads', async () => {
    const values = ramp(400_001);
    const [one, two, three] = await atThreadCounts(() => dropped(values, 0.5));
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

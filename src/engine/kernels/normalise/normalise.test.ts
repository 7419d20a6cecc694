/** Normalisation in Node: the fused WASM kernels, and the composition on the plain backend. */
import '@tensorflow/tfjs-backend-cpu';
import { getBackend, getKernel, grads, setBackend, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { normaliseContract } from './normaliseContract.ts';
import { batchNormalise, layerNormalise, NORMALISE_ROWS_GRADIENT_KERNEL } from './op.ts';

describeOnWasm('normalisation', () => {
  it('uses the fused kernels', () => {
    expect(getKernel(NORMALISE_ROWS_GRADIENT_KERNEL, getBackend())).toBeDefined();
  });
  normaliseContract();
});

describe('normalisation on stock operations', () => {
  beforeAll(async () => {
    await setBackend('cpu');
    expect(getKernel(NORMALISE_ROWS_GRADIENT_KERNEL, 'cpu')).toBeUndefined();
  });
  normaliseContract();
});

describe('normalisation on wasm', () => {
  it.each([
    ['batch', batchNormalise],
    ['layer', layerNormalise],
  ])('gives the same bits on 1, 2 and 3 threads: %s', async (_, normalise) => {
    const [rows, columns] = [31_003, 67];
    // Cheaper than normal draws, of which there would be millions.
    const wave = (step: number, length: number): Float32Array =>
      Float32Array.from({ length }, (_, at) => ((at * step) % 1009) / 500 - 1);
    const [x, gradient] = [wave(7, rows * columns), wave(11, rows * columns)];
    const [scale, offset] = [wave(13, columns), wave(17, columns)];
    const [one, two, three] = await atThreadCounts(() =>
      tidy(() => {
        const incoming = tensor2d(gradient, [rows, columns]);
        const operands = [tensor2d(x, [rows, columns]), tensor1d(scale), tensor1d(offset)];
        const apply = normalise as unknown as Parameters<typeof grads>[0];
        const results = [apply(...operands), ...grads(apply)(operands, incoming)];
        const values = results.map((result) => result.dataSync() as Float32Array);
        const joined = new Float32Array(values.reduce((length, list) => length + list.length, 0));
        let at = 0;
        for (const list of values) {
          joined.set(list, at);
          at += list.length;
        }
        return joined;
      }),
    );
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

/** Activation with dropout in Node: the fused WASM kernel, and the composition on the plain backend. */
import '@tensorflow/tfjs-backend-cpu';
import { getBackend, getKernel, setBackend, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { registerCpuKernels } from '../cpuKernels.ts';
import { activationDropoutContract, activationInput } from './activationDropoutContract.ts';
import { ACTIVATION_DROPOUT_KERNEL, activationDropout } from './op.ts';

const applied = (values: Float32Array, activation: 'relu' | 'elu'): Float32Array =>
  tidy(() => activationDropout(tensor1d(values), activation, 0.5, 77).dataSync()) as Float32Array;

describeOnWasm('activationDropout', () => {
  it('uses the fused kernel', () => {
    expect(getKernel(ACTIVATION_DROPOUT_KERNEL, getBackend())).toBeDefined();
  });
  activationDropoutContract();

  it('lets what is not a number through', () => {
    const values = new Float32Array(64).fill(Number.NaN);
    for (const activation of ['relu', 'elu'] as const) {
      const out = Array.from(applied(values, activation));
      expect(out.every((value) => value === 0 || Number.isNaN(value))).toBe(true);
      expect(out.some(Number.isNaN)).toBe(true);
    }
  });

  it('computes elu to the last place near zero', () => {
    const values = Float32Array.from({ length: 400 }, (_, at) => -(10 ** (-at / 50)));
    const out = tidy(() => activationDropout(tensor1d(values), 'elu', 0, 1).dataSync());
    values.forEach((value, at) => {
      expect(Math.abs((out[at] as number) / Math.expm1(value) - 1)).toBeLessThan(3e-7);
    });
  });
});

describe('activationDropout on stock operations', () => {
  beforeAll(async () => {
    await setBackend('cpu');
    registerCpuKernels();
    expect(getKernel(ACTIVATION_DROPOUT_KERNEL, 'cpu')).toBeUndefined();
  });
  activationDropoutContract();
});

describe('activationDropout on wasm', () => {
  it.each(['relu', 'elu'] as const)('gives the same bits on 1, 2 and 3 threads: %s', async (activation) => {
    const values = activationInput(400_003);
    const [one, two, three] = await atThreadCounts(() => applied(values, activation));
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

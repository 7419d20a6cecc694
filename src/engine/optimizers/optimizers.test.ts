/** Optimisers and clipping in Node: fused WASM kernels, and stock operations on the plain backend. */
import '@tensorflow/tfjs-backend-cpu';
import { getBackend, getKernel, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnWasm } from '../../cli/wasmTesting.ts';
import { MOMENTUM_STEP_KERNEL } from '../kernels/momentumStep/op.ts';
import { OPTIMIZERS } from './index.ts';
import { optimizersContract } from './optimizersContract.ts';

describeOnWasm('optimisers', () => {
  it('uses the fused kernel', () => {
    expect(getKernel(MOMENTUM_STEP_KERNEL, getBackend())).toBeDefined();
  });
  optimizersContract();
});

describe('optimisers on stock operations', () => {
  beforeAll(async () => {
    await setBackend('cpu');
    expect(getKernel(MOMENTUM_STEP_KERNEL, 'cpu')).toBeUndefined();
  });
  optimizersContract();
});

describe('OPTIMIZERS', () => {
  it('lists what can be picked', () => {
    expect(OPTIMIZERS.all.map(({ id, name, numMoments }) => ({ id, name, numMoments }))).toEqual([
      { id: 'adam', name: 'Adam', numMoments: 2 },
      { id: 'adamw', name: 'AdamW', numMoments: 2 },
      { id: 'sgd', name: 'SGD with momentum', numMoments: 1 },
    ]);
  });
});

/** Row-sparse optimiser steps in Node: in place on WASM and on the plain backend; distinct rows of a batch. */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend, type Tensor2D, tensor1d, tensor2d, tidy, variable } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnWasm } from '../../../cli/wasmTesting.ts';
import { registerCpuKernels } from '../cpuKernels.ts';
import { linear } from '../dense/op.ts';
import { rowAdagradStep } from '../rowAdagradStep/op.ts';
import { distinctRows } from './op.ts';
import { rowStepsContract } from './rowStepsContract.ts';

describeOnWasm('row-sparse steps', () => {
  rowStepsContract();

  it('lets the dense product see rows that changed in place', () => {
    const table = tidy(() => variable(tensor2d([1, 2, 3, 4], [2, 2])));
    const accumulator = tidy(() => variable(tensor1d([0, 0])));
    const [identity, gradient] = [tensor2d([1, 0, 0, 1], [2, 2]), tensor2d([1, 1], [1, 2])];
    const product = (): Float32Array =>
      tidy(() => linear(identity, table as unknown as Tensor2D).dataSync()) as Float32Array;
    expect(Array.from(product())).toEqual([1, 2, 3, 4]);
    rowAdagradStep(table, accumulator, Int32Array.of(1), gradient, { learningRate: 0.5 });
    expect(Array.from(product())).toEqual([1, 2, 2.5, 3.5]);
    for (const tensor of [table, accumulator, identity, gradient]) tensor.dispose();
  });
});

describe('row-sparse steps on the plain backend', () => {
  beforeAll(async () => {
    await setBackend('cpu');
    registerCpuKernels();
  });
  rowStepsContract();
});

describe('distinctRows', () => {
  it('gives ascending rows and where each index went', () => {
    expect(distinctRows(Int32Array.of(7, 2, 7, 7, 0))).toEqual({
      rows: Int32Array.of(0, 2, 7),
      groupOf: Int32Array.of(2, 1, 2, 2, 0),
    });
    expect(distinctRows(new Int32Array(0))).toEqual({ rows: new Int32Array(0), groupOf: new Int32Array(0) });
  });

  it('loses and invents nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), (indices) => {
        const { rows, groupOf } = distinctRows(Int32Array.from(indices));
        expect(Array.from(rows)).toEqual([...new Set(indices)].toSorted((a, b) => a - b));
        expect(Array.from(groupOf, (group) => rows[group])).toEqual(indices);
      }),
      { seed: 1 },
    );
  });
});

/** Adam: the fused WASM kernel and the stock composition against plain loops over several steps. */
import '@tensorflow/tfjs-backend-cpu';
import {
  dispose,
  getBackend,
  getKernel,
  matMul,
  memory,
  setBackend,
  type Tensor2D,
  tensor2d,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShapeError } from '../../../core/errors.ts';
import { drawNormal } from '../../../core/random.ts';
import { describeOnWasm, expectClose } from '../../../cli/wasmTesting.ts';
import { ADAM_STEP_KERNEL, type AdamOptions, adamStep } from './op.ts';
import { type AdamState, adamStepReference } from './reference.ts';

const ROWS = 13;
const COLUMNS = 7;
const SIZE = ROWS * COLUMNS;
const STEPS = 5;

const normals = (key: number): Float32Array =>
  Float32Array.from({ length: SIZE }, (_, element) => drawNormal(key, element));

const optionsAt = (step: number, weightDecay: number): AdamOptions => ({
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  step,
  weightDecay,
});

const variableOf = (values: Float32Array): Variable =>
  tidy(() => variable(tensor2d(values, [ROWS, COLUMNS])));

function variables(): [Variable, Variable, Variable] {
  return [variableOf(normals(1)), variableOf(new Float32Array(SIZE)), variableOf(new Float32Array(SIZE))];
}

function afterSteps(weightDecay: number): Float32Array[] {
  const state = variables();
  for (let step = 1; step <= STEPS; step++) {
    const gradient = tensor2d(normals(10 + step), [ROWS, COLUMNS]);
    adamStep(...state, gradient, optionsAt(step, weightDecay));
    gradient.dispose();
  }
  const values = state.map((tensor) => tensor.dataSync() as Float32Array);
  dispose(state);
  return values;
}

function adamContract(): void {
  it.each([0, 5e-4, 0.1])('follows the reference with weight decay %d', (weightDecay) => {
    const zeros = new Float32Array(SIZE);
    let expected: AdamState = { parameter: normals(1), firstMoment: zeros, secondMoment: zeros };
    for (let step = 1; step <= STEPS; step++)
      expected = adamStepReference(expected, normals(10 + step), optionsAt(step, weightDecay));
    const [parameter, firstMoment, secondMoment] = afterSteps(weightDecay) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    expectClose(parameter, expected.parameter, 1e-6);
    expectClose(firstMoment, expected.firstMoment, 1e-6);
    expectClose(secondMoment, expected.secondMoment, 1e-6);
  });

  it('lets matMul see the step', () => {
    const state = variables();
    const identity = tensor2d(
      Float32Array.from({ length: ROWS * ROWS }, (_, at) => (at % (ROWS + 1) === 0 ? 1 : 0)),
      [ROWS, ROWS],
    );
    const gradient = tensor2d(normals(2), [ROWS, COLUMNS]);
    const read = (): Float32Array =>
      tidy(() => matMul(identity, state[0] as unknown as Tensor2D).dataSync()) as Float32Array;
    const before = read();
    adamStep(...state, gradient, optionsAt(1, 0));
    expect(read()).toEqual(state[0].dataSync());
    expect(read()).not.toEqual(before);
    dispose([identity, gradient, ...state]);
  });

  it('leaves no tensor behind', () => {
    const before = memory().numTensors;
    afterSteps(0.1);
    expect(memory().numTensors).toBe(before);
  });
}

describeOnWasm('adamStep', () => {
  it('uses the fused kernel', () => {
    expect(getKernel(ADAM_STEP_KERNEL, getBackend())).toBeDefined();
  });
  adamContract();
});

describe('adamStep on stock operations', () => {
  beforeAll(async () => {
    await setBackend('cpu');
    expect(getKernel(ADAM_STEP_KERNEL, 'cpu')).toBeUndefined();
  });
  adamContract();

  it('names the tensor whose shape differs', () => {
    const state = variables();
    const gradient = tensor2d([1, 2], [1, 2]);
    expect(() => adamStep(...state, gradient, optionsAt(1, 0))).toThrow(
      new ShapeError('adamStep: gradient is [1,2], the parameter is [13,7].', {
        code: 'shape',
        remedy: 'Give moments and gradient the shape of the parameter.',
        details: { where: 'adamStep', expected: [13, 7], received: [1, 2] },
      }),
    );
    dispose([gradient, ...state]);
  });
});

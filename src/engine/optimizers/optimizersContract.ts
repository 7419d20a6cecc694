/**
 * What the optimisers and gradient clipping must do on a device, as vitest cases on the current tfjs backend. Call inside
 * a `describe` whose `beforeAll` has set the backend. Tests only.
 */
import { memory, type Tensor, tensor1d, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { ParameterError } from '../../core/errors.ts';
import { drawNormal } from '../../core/random.ts';
import { type AdamState, adamStepReference } from '../kernels/adamStep/reference.ts';
import { momentumStepReference } from '../kernels/momentumStep/reference.ts';
import { ADAM_CONSTANTS } from './adam.ts';
import { clipByGlobalNorm } from './clipByGlobalNorm.ts';
import { OPTIMIZERS } from './index.ts';

const SIZE = 91;
const STEPS = 5;

const normals = (key: number): Float32Array =>
  Float32Array.from({ length: SIZE }, (_, element) => drawNormal(key, element));

const variableOf = (values: Float32Array | number[]): Variable => tidy(() => variable(tensor1d(values)));

async function readAndDispose(tensor: Tensor): Promise<number[]> {
  const values = Array.from((await tensor.data()) as Float32Array);
  tensor.dispose();
  return values;
}

/** Parameter after steps of one optimiser on given gradients, and its moments. */
async function after(
  id: string,
  initial: Float32Array | number[],
  gradients: readonly (Float32Array | number[])[],
  options: { learningRate: number; weightDecay: number; momentum: number },
): Promise<number[][]> {
  const optimizer = OPTIMIZERS.get(id);
  const parameter = variableOf(initial);
  const moments = Array.from({ length: optimizer.numMoments }, () => variableOf(initial.map(() => 0)));
  for (const [index, values] of gradients.entries()) {
    const gradient = tensor1d(values);
    optimizer.apply(parameter, moments, gradient, { ...options, step: index + 1 });
    gradient.dispose();
  }
  return Promise.all([parameter, ...moments].map(readAndDispose));
}

function expectNear(actual: readonly number[], expected: ArrayLike<number>, digits: number): void {
  expect(actual).toEqual(Array.from(expected, (value) => expect.closeTo(value, digits)));
}

const gradientsOf = (): Float32Array[] => Array.from({ length: STEPS }, (_, step) => normals(10 + step));

function adamsFollowTheReference(): void {
  it.each([
    ['adam', 0],
    ['adam', 0.1],
    ['adamw', 0],
    ['adamw', 0.1],
  ])('%s follows the reference with weight decay %d', async (id, weightDecay) => {
    const zeros = new Float32Array(SIZE);
    let state: AdamState = { parameter: normals(1), firstMoment: zeros, secondMoment: zeros };
    const base = { ...ADAM_CONSTANTS, learningRate: 0.05, weightDecay, isDecoupled: id === 'adamw' };
    gradientsOf().forEach((gradient, index) => {
      state = adamStepReference(state, gradient, { ...base, step: index + 1 });
    });
    const options = { learningRate: 0.05, weightDecay, momentum: 0.9 };
    const [parameter, first, second] = (await after(id, normals(1), gradientsOf(), options)) as [
      number[],
      number[],
      number[],
    ];
    expectNear(parameter, state.parameter, 5);
    expectNear(first, state.firstMoment, 5);
    expectNear(second, state.secondMoment, 5);
  });
}

function sgdFollowsTheReference(): void {
  it.each([
    [0, 0],
    [0.9, 0],
    [0.9, 0.1],
  ])('sgd follows the reference with momentum %d and weight decay %d', async (momentum, weightDecay) => {
    const options = { learningRate: 0.05, weightDecay, momentum };
    let state = { parameter: normals(1), velocity: new Float32Array(SIZE) };
    for (const gradient of gradientsOf())
      state = momentumStepReference(state, gradient, options) as typeof state;
    const [parameter, velocity] = (await after('sgd', normals(1), gradientsOf(), options)) as [
      number[],
      number[],
    ];
    expectNear(parameter, state.parameter, 5);
    expectNear(velocity, state.velocity, 5);
  });
}

/** Two steps from θ = (1, −2), g = (0.5, 1) then (−1, 1), η 0.1, worked out by hand. */
function givesHandComputedValues(): void {
  const gradients = [
    [0.5, 1],
    [-1, 1],
  ];
  it('sgd: v = 0.5, 1; then 0.9·v + g = −0.55, 1.9', async () => {
    const options = { learningRate: 0.1, weightDecay: 0, momentum: 0.9 };
    const [parameter, velocity] = (await after('sgd', [1, -2], gradients, options)) as [number[], number[]];
    expectNear(velocity, [-0.55, 1.9], 6);
    expectNear(parameter, [1 - 0.05 + 0.055, -2 - 0.1 - 0.19], 6);
  });

  it('sgd with decay 0.2: v = 0.5 + 0.2·1, 1 + 0.2·(−2)', async () => {
    const options = { learningRate: 0.1, weightDecay: 0.2, momentum: 0.9 };
    const [parameter] = (await after('sgd', [1, -2], gradients.slice(0, 1), options)) as [number[]];
    expectNear(parameter, [1 - 0.07, -2 - 0.06], 6);
  });

  it('adam: the first step is η·sign(g) whatever the size of g', async () => {
    const options = { learningRate: 0.1, weightDecay: 0, momentum: 0 };
    const [first] = (await after('adam', [1, -2], gradients.slice(0, 1), options)) as [number[]];
    expectNear(first, [0.9, -2.1], 6);
    // m̂ = (0.9·0.05 − 0.1)/0.19, v̂ = (0.999·0.00025 + 0.001)/0.001999 for the first element; 1 and 1 for the second.
    const [second] = (await after('adam', [1, -2], gradients, options)) as [number[]];
    expectNear(second, [0.9 + (0.1 * (0.055 / 0.19)) / Math.sqrt(0.00124975 / 0.001999), -2.2], 5);
  });

  it('adamw: the parameter shrinks by ηλ = 0.02 before the step', async () => {
    const options = { learningRate: 0.1, weightDecay: 0.2, momentum: 0 };
    const [parameter] = (await after('adamw', [1, -2], gradients.slice(0, 1), options)) as [number[]];
    expectNear(parameter, [0.98 - 0.1, -1.96 - 0.1], 6);
  });

  it('adam: L2 of 0.2 changes the sign of a gradient, not the size of the first step', async () => {
    const options = { learningRate: 0.1, weightDecay: 1, momentum: 0 };
    const [parameter] = (await after('adam', [1, -2], gradients.slice(0, 1), options)) as [number[]];
    expectNear(parameter, [0.9, -1.9], 6);
  });
}

function clipsByTheGlobalNorm(): void {
  const clip = async (gradients: number[][], maxNorm: number): Promise<number[][]> => {
    const tensors = gradients.map((values) => tensor1d(values));
    const clipped = clipByGlobalNorm(tensors, maxNorm);
    for (const tensor of tensors) tensor.dispose();
    return Promise.all(clipped.map(readAndDispose));
  };

  it('scales ‖(3, 4), (12)‖ = 13 to 5', async () => {
    const [first, second] = (await clip([[3, 4], [12]], 5)) as [number[], number[]];
    expectNear(first, [1.153846, 1.538462], 5);
    expectNear(second, [4.615385], 5);
  });

  it('leaves gradients within the norm alone, and zeros and empty ones', async () => {
    expect(await clip([[3, 4], [12]], 14)).toEqual([[3, 4], [12]]);
    expect(await clip([[0, 0], [0]], 1)).toEqual([[0, 0], [0]]);
    expect(await clip([[], [2]], 1)).toEqual([[], [expect.closeTo(1, 6)]]);
    expect(await clip([[]], 1)).toEqual([[]]);
    expect(await clip([], 1)).toEqual([]);
  });

  it.each([0, -1, Number.NaN])('refuses the norm %d', (maxNorm) => {
    expect(() => clipByGlobalNorm([], maxNorm)).toThrow(
      new ParameterError(`Gradient clipping: the largest norm is ${maxNorm}.`, {
        code: 'clip-norm',
        remedy: 'Choose a number above 0, or switch clipping off.',
        details: { maxNorm },
      }),
    );
  });

  it('keeps no tensor', async () => {
    const before = memory();
    await clip([[3, 4], [12]], 5);
    for (const { id } of OPTIMIZERS.all) {
      await after(id, normals(1), gradientsOf(), { learningRate: 0.1, weightDecay: 0.1, momentum: 0.9 });
    }
    const { numTensors, numDataBuffers } = memory();
    expect({ numTensors, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
  });
}

/** Declares the cases on the current backend. */
export function optimizersContract(): void {
  adamsFollowTheReference();
  sgdFollowsTheReference();
  givesHandComputedValues();
  clipsByTheGlobalNorm();
}

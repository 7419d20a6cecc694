/**
 * The tensors of one model that change: named parameters with their optimiser moments, and buffers (running statistics)
 * that no gradient reaches. Counted, copied and disposed in one place; order of creation is the order in saved files.
 */
import { mul, tidy, type Tensor, tensor, type Variable, variable, zerosLike } from '@tensorflow/tfjs-core';
import { ShapeError } from '../core/errors.ts';
import { readTensor } from './readTensor.ts';

export interface Parameter {
  readonly name: string;
  readonly value: Variable;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
  /** Strength of the L2 penalty; 0 for biases. */
  readonly weightDecay: number;
}

export interface Buffer {
  readonly name: string;
  readonly value: Variable;
}

/** Parameters, moments and step of an optimiser as plain arrays: a checkpoint. */
export interface ModelState {
  readonly optimiserStep: number;
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: Float32Array;
    readonly firstMoment: Float32Array;
    readonly secondMoment: Float32Array;
  }[];
}

export interface ParameterStore {
  readonly all: readonly Parameter[];
  /** Takes the tensor over. */
  add(name: string, initial: Tensor, weightDecay: number): Parameter;
  /** State that the model updates itself, kept and saved with the parameters. Takes the tensor over. */
  addBuffer(name: string, initial: Tensor): Buffer;
  /** Learned numbers, buffers not counted. */
  readonly numValues: number;
  /** Copies the current values on the device; replaces the previous checkpoint. */
  keep(): void;
  /** Puts the kept values back; the moments stay. No-op when nothing was kept. */
  restoreKept(): void;
  read(optimiserStep: number): Promise<ModelState>;
  /** @throws {ShapeError} names or shapes differ from this model's */
  write(state: ModelState): void;
  dispose(): void;
}

/** NOTE: clone() would share memory that the in-place optimiser then overwrites; a product makes new memory. */
function copyOf(value: Tensor): Tensor {
  return tidy(() => mul(value, 1));
}

/** The variable keeps the data; the tensor that brought it goes. */
function assignOnce(into: Variable, value: Tensor): void {
  into.assign(value);
  value.dispose();
}

export function createParameterStore(): ParameterStore {
  const all: Parameter[] = [];
  const buffers: Buffer[] = [];
  const values = (): Variable[] => [...all, ...buffers].map(({ value }) => value);
  let kept: Tensor[] = [];
  const dropKept = (): void => {
    for (const copy of kept) copy.dispose();
    kept = [];
  };
  return {
    all,
    add(name, initial, weightDecay) {
      const [firstMoment, secondMoment] = tidy(() => [
        variable(zerosLike(initial), false),
        variable(zerosLike(initial), false),
      ]) as [Variable, Variable];
      const parameter = { name, value: variable(initial, true), firstMoment, secondMoment, weightDecay };
      initial.dispose();
      all.push(parameter);
      return parameter;
    },
    addBuffer(name, initial) {
      const buffer = { name, value: variable(initial, false) };
      initial.dispose();
      buffers.push(buffer);
      return buffer;
    },
    get numValues() {
      return all.reduce((sum, parameter) => sum + parameter.value.size, 0);
    },
    keep() {
      dropKept();
      kept = values().map(copyOf);
    },
    restoreKept() {
      const current = values();
      kept.forEach((copy, index) => {
        assignOnce(current[index] as Variable, copyOf(copy));
      });
    },
    async read(optimiserStep) {
      const tensors = [];
      for (const { name, value, firstMoment, secondMoment } of all) {
        tensors.push({
          name,
          shape: value.shape,
          values: (await readTensor(value)).slice(),
          firstMoment: (await readTensor(firstMoment)).slice(),
          secondMoment: (await readTensor(secondMoment)).slice(),
        });
      }
      const none = new Float32Array(0);
      for (const { name, value } of buffers) {
        const read = (await readTensor(value)).slice();
        tensors.push({ name, shape: value.shape, values: read, firstMoment: none, secondMoment: none });
      }
      return { optimiserStep, tensors };
    },
    write(state) {
      for (const { name, value } of [...all, ...buffers]) assignOnce(value, savedTensor(state, name, value));
      for (const { name, value, firstMoment, secondMoment } of all) {
        const saved = state.tensors.find((candidate) => candidate.name === name);
        // Weights loaded for inference come without moments.
        if (saved === undefined || saved.firstMoment.length === 0) continue;
        assignOnce(firstMoment, tensor(saved.firstMoment.slice(), value.shape));
        assignOnce(secondMoment, tensor(saved.secondMoment.slice(), value.shape));
      }
    },
    dispose() {
      dropKept();
      for (const { value, firstMoment, secondMoment } of all) {
        value.dispose();
        firstMoment.dispose();
        secondMoment.dispose();
      }
      for (const { value } of buffers) value.dispose();
      all.length = 0;
      buffers.length = 0;
    },
  };
}

/** @throws {ShapeError} the state has no tensor of that name and shape */
function savedTensor(state: ModelState, name: string, value: Variable): Tensor {
  const saved = state.tensors.find((candidate) => candidate.name === name);
  if (saved === undefined || saved.shape.join() !== value.shape.join()) {
    throw new ShapeError(
      `Saved model: '${name}' is ${saved === undefined ? 'missing' : `[${saved.shape}]`}, this model needs [${value.shape}].`,
      { code: 'model-state', remedy: 'Load it with the model, settings and data it was saved with.' },
    );
  }
  return tensor(saved.values.slice(), value.shape);
}

/**
 * The learned tensors of one model: named variables with their Adam moments, counted, copied and disposed in one place.
 * Order of creation is the order in saved files.
 */
import { mul, tidy, type Tensor, tensor, type Variable, variable, zerosLike } from '@tensorflow/tfjs-core';
import { ShapeError } from '../core/errors.ts';
import { readTensor } from './readTensor.ts';

export interface Parameter {
  readonly name: string;
  readonly value: Variable;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
  /** L2 regularisation applies (the trainer supplies the strength). */
  readonly isDecayed: boolean;
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
  add(name: string, initial: Tensor, isDecayed: boolean): Parameter;
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
  let kept: Tensor[] = [];
  const dropKept = (): void => {
    for (const copy of kept) copy.dispose();
    kept = [];
  };
  return {
    all,
    add(name, initial, isDecayed) {
      const [firstMoment, secondMoment] = tidy(() => [
        variable(zerosLike(initial), false),
        variable(zerosLike(initial), false),
      ]) as [Variable, Variable];
      const parameter = { name, value: variable(initial, true), firstMoment, secondMoment, isDecayed };
      initial.dispose();
      all.push(parameter);
      return parameter;
    },
    get numValues() {
      return all.reduce((sum, parameter) => sum + parameter.value.size, 0);
    },
    keep() {
      dropKept();
      kept = all.map((parameter) => copyOf(parameter.value));
    },
    restoreKept() {
      kept.forEach((copy, index) => {
        assignOnce((all[index] as Parameter).value, copyOf(copy));
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
      return { optimiserStep, tensors };
    },
    write(state) {
      for (const parameter of all) {
        const saved = state.tensors.find((candidate) => candidate.name === parameter.name);
        if (saved === undefined || saved.shape.join() !== parameter.value.shape.join()) {
          throw new ShapeError(
            `Saved model: '${parameter.name}' is ${saved === undefined ? 'missing' : `[${saved.shape}]`}, this model needs [${parameter.value.shape}].`,
            { code: 'model-state', remedy: 'Load it with the model, settings and data it was saved with.' },
          );
        }
        const shape = parameter.value.shape;
        const assign = (into: Variable, values: Float32Array): void => {
          assignOnce(into, tensor(values.slice(), shape));
        };
        assign(parameter.value, saved.values);
        assign(parameter.firstMoment, saved.firstMoment);
        assign(parameter.secondMoment, saved.secondMoment);
      }
    },
    dispose() {
      dropKept();
      for (const { value, firstMoment, secondMoment } of all) {
        value.dispose();
        firstMoment.dispose();
        secondMoment.dispose();
      }
      all.length = 0;
    },
  };
}

/** Central differences of a scalar function of float arrays, against which gradients are held. Tests only. */
import { type Scalar, type Tensor, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { drawNormal } from '../../core/random.ts';

export interface Operand {
  readonly values: Float32Array;
  readonly shape: readonly [number, number];
}

/** Returns an operand of standard normal draws. */
export function normalOperand(key: number, rows: number, columns: number): Operand {
  return {
    values: Float32Array.from({ length: rows * columns }, (_, element) => drawNormal(key, element)),
    shape: [rows, columns],
  };
}

export const tensorOf = ({ values, shape }: Operand): Tensor2D => tensor2d(values, [...shape]);

/** Returns (f(… + step) − f(… − step)) / (2 · step) for every element of operand `which`. */
export async function numericGradient(
  objective: (...operands: Tensor2D[]) => Tensor,
  operands: readonly Operand[],
  which: number,
  step = 1e-2,
): Promise<number[]> {
  const at = async (element: number, change: number): Promise<number> => {
    const value = tidy(() =>
      objective(
        ...operands.map((operand, index) => {
          const values = operand.values.slice();
          if (index === which) values[element] = (values[element] as number) + change;
          return tensorOf({ ...operand, values });
        }),
      ),
    ) as Scalar;
    const [result] = await value.data();
    value.dispose();
    return result as number;
  };
  const gradient: number[] = [];
  for (let element = 0; element < (operands[which] as Operand).values.length; element++)
    gradient.push(((await at(element, step)) - (await at(element, -step))) / (2 * step));
  return gradient;
}

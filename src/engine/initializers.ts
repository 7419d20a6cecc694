/** Initial values of parameters, drawn counter-based: the same on every backend. */
import { type Tensor2D, type Tensor1D, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { drawKey, drawUniform, STREAM } from '../core/random.ts';

/**
 * Returns [rows, cols] uniform on (−a, a), a = sqrt(6 / (fanIn + fanOut)); fans default to the shape.
 * Source: Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks", eq. 16.
 * @param index number of the parameter in its model, so that no two share draws
 */
export function glorotUniform(
  rows: number,
  cols: number,
  seed: number,
  index: number,
  fanIn = rows,
  fanOut = cols,
): Tensor2D {
  const bound = Math.sqrt(6 / Math.max(1, fanIn + fanOut));
  const key = drawKey(seed, STREAM.initialisation, index);
  const values = Float32Array.from(
    { length: rows * cols },
    (_, element) => (2 * drawUniform(key, element) - 1) * bound,
  );
  return tensor2d(values, [rows, cols]);
}

export function zeroBias(width: number): Tensor1D {
  return zeros([width]);
}

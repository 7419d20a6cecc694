/** The shape check of kernel operations: what was expected and received, before anything reaches a device. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { ShapeError } from '../../core/errors.ts';

/**
 * @param where    the operation
 * @param name     the argument
 * @param expected sizes; a string stands for any size and names it
 * @throws {ShapeError} the rank or a size differs
 */
export function requireShape(
  where: string,
  name: string,
  tensor: Tensor,
  expected: readonly (number | string)[],
): void {
  const received = tensor.shape;
  const fits =
    received.length === expected.length &&
    expected.every((size, axis) => typeof size === 'string' || size === received[axis]);
  if (fits) return;
  throw new ShapeError(`${where}: ${name} is [${received.join(', ')}], expected [${expected.join(', ')}].`, {
    code: 'shape',
    remedy: `Give ${name} the shape [${expected.join(', ')}].`,
    details: { where, expected, received },
  });
}

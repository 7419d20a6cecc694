/** Checks the starting positions a layout is given. */
import { ShapeError } from '../core/errors.ts';
import type { LayoutInput } from './layoutTypes.ts';

/** @throws {ShapeError} `initial` is not one finite pair per node */
export function checkInitial({ initial, numNodes }: LayoutInput): void {
  if (initial === null) return;
  if (initial.length !== 2 * numNodes) {
    throw new ShapeError(`Layout start: expected ${2 * numNodes} coordinates, received ${initial.length}.`, {
      code: 'layout-initial',
      remedy: 'Give one x and one y per node, or none.',
      details: { expected: 2 * numNodes, received: initial.length },
    });
  }
  const at = initial.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new ShapeError(`Layout start: coordinate ${at} is ${initial[at]}.`, {
      code: 'layout-initial',
      remedy: 'Give finite coordinates, or none.',
      details: { at, value: initial[at] },
    });
  }
}

/**
 * Random projection trees: points are halved by random hyperplanes until few are left together, which are likely
 * neighbours. The start of the approximate neighbour search.
 */
import { drawKey, drawUint32, STREAM } from '../random.ts';
import type { DenseMeasure } from './metrics.ts';

/** Keeps these draws apart from the other uses of the stream. */
const DRAW_STEP = 0x50000000;
/** A plane that leaves less than this share on a side says nothing: the points are then halved as they stand. */
const LEAST_SHARE = 1 / 16;

export interface TreeLeaves {
  /** [n] points, leaf after leaf. */
  readonly order: Int32Array;
  /** [leaves + 1] */
  readonly ptr: Int32Array;
}

/**
 * Returns the leaves of one tree. The plane of a split stands halfway between two drawn points (between their directions,
 * through the origin, when the metric is cosine).
 *
 * Source: Dasgupta & Freund 2008, "Random projection trees and low dimensional manifolds", doi:10.1145/1374376.1374452;
 * the plane between two points is that of Annoy, https://github.com/spotify/annoy. Deterministic in (seed, tree).
 * O(n · width · log n): a split leaves at most 15∕16 of its points together.
 */
export function projectionTree(
  measure: DenseMeasure,
  leafSize: number,
  seed: number,
  tree: number,
): TreeLeaves {
  const size = measure.points.nodes.length;
  const order = Int32Array.from({ length: size }, (_, point) => point);
  const scratch = new Int32Array(size);
  const key = drawKey(seed, STREAM.sampling, DRAW_STEP + tree);
  const ptr: number[] = [0];
  const waiting: [number, number][] = [[0, size]];
  let draws = 0;
  for (;;) {
    const range = waiting.pop();
    if (range === undefined) break;
    const [start, end] = range;
    const count = end - start;
    if (count <= leafSize) {
      ptr.push(end);
      continue;
    }
    const a = order[start + (drawUint32(key, draws++) % count)] as number;
    const b = order[start + (drawUint32(key, draws++) % count)] as number;
    const below = splitByPlane(measure, a, b, order, start, end, scratch);
    const isBalanced = below >= count * LEAST_SHARE && count - below >= count * LEAST_SHARE;
    const middle = start + (isBalanced ? below : count >> 1);
    // The lower part is taken next, so that leaves come out in order.
    waiting.push([middle, end], [start, middle]);
  }
  return { order, ptr: Int32Array.from(ptr) };
}

/** Moves the points nearer to `a` to the front of the range, keeping their order; returns how many. */
function splitByPlane(
  { points: { width, values }, squares }: DenseMeasure,
  a: number,
  b: number,
  order: Int32Array,
  start: number,
  end: number,
  scratch: Int32Array,
): number {
  const normal = new Float64Array(width);
  const scaleA = squares === null ? 1 : 1 / Math.sqrt(squares[a] as number);
  const scaleB = squares === null ? 1 : 1 / Math.sqrt(squares[b] as number);
  let offset = 0;
  for (let at = 0; at < width; at++) {
    const fromA = (values[a * width + at] as number) * scaleA;
    const fromB = (values[b * width + at] as number) * scaleB;
    normal[at] = fromA - fromB;
    if (squares === null) offset += ((fromA - fromB) * (fromA + fromB)) / 2;
  }
  let front = start;
  let back = 0;
  for (let at = start; at < end; at++) {
    const point = order[at] as number;
    let side = -offset;
    const base = point * width;
    for (let column = 0; column < width; column++)
      side += (normal[column] as number) * (values[base + column] as number);
    if (side > 0) order[front++] = point;
    else scratch[back++] = point;
  }
  order.set(scratch.subarray(0, back), front);
  return front - start;
}

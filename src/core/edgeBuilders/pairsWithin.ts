/**
 * All pairs of points within a radius. Points in two or three dimensions go into a hashed grid whose cells are as wide as
 * the radius, so that only neighbouring cells are compared; other dense rows are compared pair by pair, sparse rows by
 * an inverted index.
 */
import { mix32 } from '../random.ts';
import { groupBy } from '../sparseMatrix.ts';
import type { Pace } from './buildPace.ts';
import { pairsBefore, SPARSE_REMEDY, smallestFirst } from './exactNeighbours.ts';
import type { DenseMeasure, SparseMeasure } from './metrics.ts';
import type { DensePoints } from './points.ts';
import { createRowOverlap } from './rowOverlap.ts';

/** Receives a pair i < j once, with its distance ≤ radius, and the share of the pairs that were looked at so far. */
export type PairSink = (i: number, j: number, distance: number, ratio: number) => void;

/** Rows compared between two turns of the event loop hold about this many numbers. */
const VALUES_PER_TURN = 65_536;

export async function densePairsWithin(
  { points, compare, distance }: DenseMeasure,
  radius: number,
  sink: PairSink,
  pace: Pace,
): Promise<void> {
  const size = points.nodes.length;
  const span = Math.max(1, Math.floor(VALUES_PER_TURN / points.width));
  for (let row = 0; row < size; row++) {
    const ratio = pairsBefore(row / size);
    for (let from = row + 1; from < size; from += span) {
      const end = Math.min(size, from + span);
      for (let other = from; other < end; other++) {
        const apart = distance(compare(row, other));
        if (apart <= radius) sink(row, other, apart, ratio);
      }
      await pace(ratio);
    }
  }
  await pace(1);
}

/**
 * The same by a grid; `cell` is the radius in the units of the points (a chord where the metric is haversine).
 * Linear in points and pairs for a fixed number of pairs per cell.
 *
 * Source: Bentley, Stanat & Williams 1977, "The complexity of finding fixed-radius near neighbors",
 * doi:10.1016/0020-0190(77)90070-9; cells are found by a hash, so that memory does not depend on the extent.
 */
export async function gridPairsWithin(
  { points, compare, distance }: DenseMeasure,
  radius: number,
  cell: number,
  sink: PairSink,
  pace: Pace,
): Promise<void> {
  const size = points.nodes.length;
  const { width } = points;
  const cells = cellsOf(points, cell);
  const numBuckets = 2 ** Math.ceil(Math.log2(Math.max(2, size)));
  const place = new Float64Array(width);
  const bucketOf = new Int32Array(size);
  for (let point = 0; point < size; point++) {
    for (let axis = 0; axis < width; axis++) place[axis] = cells[point * width + axis] as number;
    bucketOf[point] = bucket(place, numBuckets);
  }
  const { ptr, perm } = groupBy(bucketOf, numBuckets);
  const numSteps = 3 ** width;
  for (let point = 0; point < size; point++) {
    for (let step = 0; step < numSteps; step++) {
      if (!moveTo(place, cells, point, step)) continue;
      const key = bucket(place, numBuckets);
      for (let at = ptr[key] as number; at < (ptr[key + 1] as number); at++) {
        const other = perm[at] as number;
        if (other <= point || !isIn(cells, other, place)) continue;
        const apart = distance(compare(point, other));
        if (apart <= radius) sink(point, other, apart, pairsBefore(point / size));
      }
    }
    await pace(point / size);
  }
  await pace(1);
}

/** [n · width] whole-numbered cell of every point. */
function cellsOf({ nodes, width, values }: DensePoints, cell: number): Float64Array {
  const cells = new Float64Array(nodes.length * width);
  // A hair wider than the radius: rounding must not put a pair within it two cells apart.
  const side = cell * (1 + 1e-6);
  for (let axis = 0; axis < width; axis++) {
    let least = Infinity;
    for (let at = axis; at < values.length; at += width) least = Math.min(least, values[at] as number);
    for (let at = axis; at < values.length; at += width) {
      cells[at] = Math.floor(((values[at] as number) - least) / side);
    }
  }
  return cells;
}

/** Sets `place` to one of the 3^width cells around the point's; false where a step is too small to change the number. */
function moveTo(place: Float64Array, cells: Float64Array, point: number, step: number): boolean {
  let rest = step;
  for (let axis = 0; axis < place.length; axis++) {
    const own = cells[point * place.length + axis] as number;
    const move = (rest % 3) - 1;
    rest = Math.floor(rest / 3);
    place[axis] = own + move;
    // Beyond 2^53 cells the same cell would be visited three times.
    if (move !== 0 && place[axis] === own) return false;
  }
  return true;
}

function isIn(cells: Float64Array, point: number, place: Float64Array): boolean {
  for (let axis = 0; axis < place.length; axis++) {
    if (cells[point * place.length + axis] !== place[axis]) return false;
  }
  return true;
}

function bucket(place: Float64Array, numBuckets: number): number {
  let hash = 0;
  for (const number of place) {
    hash = mix32(hash ^ (number | 0));
    // Cells beyond 2^32 differ in what `| 0` cuts off.
    hash = mix32(hash ^ (Math.floor(number / 4294967296) | 0));
  }
  return hash & (numBuckets - 1);
}

/**
 * All pairs of sparse rows within the radius. For cosine and Jaccard, rows that share nothing are no pair, whatever the
 * radius. The cost is that of all half scans of `rowOverlap.ts`, plus n log n and the pairs found.
 * @throws {LimitError} columns that too many rows share
 */
export async function sparsePairsWithin(
  measure: SparseMeasure,
  radius: number,
  sink: PairSink,
  pace: Pace,
): Promise<void> {
  const { points, sizes, distance, joinsStrangers } = measure;
  const size = points.nodes.length;
  const overlap = createRowOverlap(points, { term: measure.term, isHalf: true, remedy: SPARSE_REMEDY });
  const bySize = joinsStrangers ? smallestFirst(sizes) : new Int32Array(0);
  for (let row = 0; row < size; row++) {
    const own = sizes[row] as number;
    const ratio = pairsBefore(row / size);
    const count = overlap.scan(row);
    for (let at = 0; at < count; at++) {
      const other = overlap.found[at] as number;
      const apart = distance(overlap.sum[other] as number, own, sizes[other] as number);
      if (apart <= radius) sink(row, other, apart, ratio);
    }
    for (const stranger of bySize) {
      const apart = distance(0, own, sizes[stranger] as number);
      if (apart > radius) break;
      if (stranger > row && !overlap.has(stranger)) sink(row, stranger, apart, ratio);
    }
    await pace(row / size);
  }
  await pace(1);
}

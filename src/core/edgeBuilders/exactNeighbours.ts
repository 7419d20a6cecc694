/** The k nearest of every point, exactly: all pairs of dense rows in tiles, or an inverted index of sparse rows. */
import type { Pace } from './buildPace.ts';
import type { DenseMeasure, SparseMeasure } from './metrics.ts';
import { createNeighbourLists, type NeighbourLists, offer } from './neighbourLists.ts';
import { createRowOverlap } from './rowOverlap.ts';

/** Rows of a tile stay in cache while a whole tile of other rows passes by. */
const TILE = 128;

/** Returns the k nearest by all pairs; every pair is compared once. O(n² · (width + k)). */
export async function exactDenseNeighbours(
  { points, compare, distance }: DenseMeasure,
  k: number,
  pace: Pace,
): Promise<NeighbourLists> {
  const size = points.nodes.length;
  const lists = createNeighbourLists(size, k);
  const numTiles = Math.ceil(size / TILE);
  for (let tile = 0; tile < numTiles; tile++) {
    const end = Math.min(size, (tile + 1) * TILE);
    for (let others = tile; others < numTiles; others++) {
      const othersEnd = Math.min(size, (others + 1) * TILE);
      for (let row = tile * TILE; row < end; row++) {
        const from = Math.max(row + 1, others * TILE);
        for (let other = from; other < othersEnd; other++) {
          const compared = compare(row, other);
          offer(lists, row, other, compared);
          offer(lists, other, row, compared);
        }
        await pace(pairsBefore(tile / numTiles));
      }
    }
  }
  await pace(1);
  return toDistances(lists, distance);
}

/** Share of all pairs whose first row is among the first `ratio` of the rows: 1 − (1 − ratio)². */
export function pairsBefore(ratio: number): number {
  return ratio * (2 - ratio);
}

/** Applies the map from comparison to distance to every entry found, in place. */
export function toDistances(lists: NeighbourLists, distance: (compared: number) => number): NeighbourLists {
  const { distance: values, index } = lists;
  for (let at = 0; at < values.length; at++) {
    if ((index[at] as number) >= 0) values[at] = distance(values[at] as number);
  }
  return lists;
}

/**
 * Returns the k nearest of sparse rows. Rows that share nothing come in by size, smallest first, where the metric lets
 * them; for cosine and Jaccard they are no neighbours and a list may stay short. The cost is that of all scans of
 * `rowOverlap.ts`, plus n log n.
 * @throws {LimitError} columns that too many rows share
 */
export async function sparseNeighbours(
  measure: SparseMeasure,
  k: number,
  pace: Pace,
): Promise<NeighbourLists> {
  const { points, sizes, distance, joinsStrangers } = measure;
  const size = points.nodes.length;
  const lists = createNeighbourLists(size, k);
  const overlap = createRowOverlap(points, { term: measure.term, isHalf: false, remedy: SPARSE_REMEDY });
  const bySize = joinsStrangers ? smallestFirst(sizes) : new Int32Array(0);
  for (let row = 0; row < size; row++) {
    const own = sizes[row] as number;
    const count = overlap.scan(row);
    for (let at = 0; at < count; at++) {
      const other = overlap.found[at] as number;
      offer(lists, row, other, distance(overlap.sum[other] as number, own, sizes[other] as number));
    }
    for (const stranger of bySize) {
      if (stranger === row || overlap.has(stranger)) continue;
      const apart = distance(0, own, sizes[stranger] as number);
      if (!offer(lists, row, stranger, apart)) break;
    }
    await pace(row / size);
  }
  await pace(1);
  return lists;
}

export const SPARSE_REMEDY =
  'Leave out the most common entries (words or members that nearly every row has), or use fewer rows.';

/** Indices by ascending size; equal sizes in order of their index. */
export function smallestFirst(sizes: Float64Array): Int32Array {
  return Int32Array.from(sizes, (_, row) => row).sort(
    (a, b) => (sizes[a] as number) - (sizes[b] as number) || a - b,
  );
}

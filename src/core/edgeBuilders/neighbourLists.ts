/** The k nearest found so far of every point: sorted by distance, equal distances by index, in flat arrays. */

export interface NeighbourLists {
  readonly size: number;
  readonly k: number;
  /** [size · k] point, −1 where nothing was found yet (always at the end of a list). */
  readonly index: Int32Array;
  /** [size · k] ∞ where nothing was found yet. */
  readonly distance: Float64Array;
  /** [size · k] 1 until a search has looked at the entry's own neighbours. */
  readonly isFresh: Uint8Array;
}

export function createNeighbourLists(size: number, k: number): NeighbourLists {
  return {
    size,
    k,
    index: new Int32Array(size * k).fill(-1),
    distance: new Float64Array(size * k).fill(Infinity),
    isFresh: new Uint8Array(size * k),
  };
}

/**
 * Puts a point into the list of `row` if it is among the k nearest and not there yet; the result of many offers does not
 * depend on their order. A pair must always come with the same finite distance. Returns whether the list changed. O(k).
 */
export function offer(lists: NeighbourLists, row: number, other: number, distance: number): boolean {
  const { k, index, distance: distances, isFresh } = lists;
  const start = row * k;
  const last = start + k - 1;
  if (!comesBefore(distance, other, distances[last] as number, index[last] as number)) return false;
  let place = last;
  while (
    place > start &&
    comesBefore(distance, other, distances[place - 1] as number, index[place - 1] as number)
  )
    place--;
  // An equal pair, if it is there, stands right before its place.
  if (place > start && index[place - 1] === other) return false;
  for (let at = last; at > place; at--) {
    index[at] = index[at - 1] as number;
    distances[at] = distances[at - 1] as number;
    isFresh[at] = isFresh[at - 1] as number;
  }
  index[place] = other;
  distances[place] = distance;
  isFresh[place] = 1;
  return true;
}

function comesBefore(distance: number, index: number, thanDistance: number, thanIndex: number): boolean {
  return distance < thanDistance || (distance === thanDistance && index < thanIndex);
}

/** Number of neighbours in the list of a point. */
export function listLength(lists: NeighbourLists, row: number): number {
  let length = 0;
  while (length < lists.k && (lists.index[row * lists.k + length] as number) >= 0) length++;
  return length;
}

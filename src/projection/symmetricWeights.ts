/** Weights of neighbour lists made symmetric: what both methods do before they place a point. */
import type { NeighbourLists } from '../core/edgeBuilders/neighbourLists.ts';

/** A symmetric matrix [n, n] in compressed sparse rows, both directions stored, columns of a row in no order. */
export interface SymmetricWeights {
  readonly n: number;
  /** [n + 1] */
  readonly rowPtr: Int32Array;
  readonly colIndex: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Returns combine(w_ij, w_ji) for every pair of which one lists the other; w = 0 where it does not. O(n · k²), as the way
 * back is looked up in the other's list.
 * @param weight  [n · k] of the entries of the lists
 * @param combine symmetric in its arguments
 */
export function symmetricWeights(
  { size, k, index }: NeighbourLists,
  weight: Float64Array,
  combine: (there: number, back: number) => number,
): SymmetricWeights {
  const backOf = new Int32Array(size * k).fill(-1);
  const rowPtr = new Int32Array(size + 1);
  for (let at = 0; at < index.length; at++) {
    const other = index[at] as number;
    if (other < 0) continue;
    const row = Math.floor(at / k);
    const back = placeOf(index, other * k, k, row);
    backOf[at] = back;
    rowPtr[row + 1] = (rowPtr[row + 1] as number) + 1;
    if (back < 0) rowPtr[other + 1] = (rowPtr[other + 1] as number) + 1;
  }
  for (let row = 0; row < size; row++)
    rowPtr[row + 1] = (rowPtr[row + 1] as number) + (rowPtr[row] as number);
  const next = rowPtr.slice(0, size);
  const colIndex = new Int32Array(rowPtr[size] as number);
  const combined = new Float64Array(rowPtr[size] as number);
  const put = (row: number, col: number, value: number): void => {
    const at = next[row] as number;
    next[row] = at + 1;
    colIndex[at] = col;
    combined[at] = value;
  };
  for (let at = 0; at < index.length; at++) {
    const other = index[at] as number;
    if (other < 0) continue;
    const row = Math.floor(at / k);
    const back = backOf[at] as number;
    const value = combine(weight[at] as number, back < 0 ? 0 : (weight[back] as number));
    put(row, other, value);
    if (back < 0) put(other, row, value);
  }
  return { n: size, rowPtr, colIndex, weight: combined };
}

/** Place of a value in a list, or −1. */
function placeOf(index: Int32Array, start: number, length: number, value: number): number {
  for (let at = start; at < start + length; at++) if (index[at] === value) return at;
  return -1;
}

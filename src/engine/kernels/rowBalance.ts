/** How rows of very different length are split evenly over threads. */

/** First row whose entries start at or after `entry`: binary search over ascending row starts [rows + 1]. */
export function firstRowFrom(rowStarts: Int32Array, entry: number): number {
  let low = 0;
  let high = rowStarts.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rowStarts[middle] as number) < entry) low = middle + 1;
    else high = middle;
  }
  return low;
}

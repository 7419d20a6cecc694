/** The nearest rows to one row: what a person asks about a single point, without a search over all. */

/**
 * Returns the k other rows nearest to `row` by Euclidean distance, nearest first, equal distances by index; fewer when there
 * are not so many. Rows with a value that is not finite are never near. O(n · width).
 * @param values [n · width] row-major
 */
export function nearestTo(values: Float32Array, width: number, row: number, k: number): Int32Array {
  const n = width === 0 ? 0 : values.length / width;
  const nearest = new Int32Array(Math.min(k, Math.max(0, n - 1)));
  const distance = new Float64Array(nearest.length).fill(Infinity);
  let used = 0;
  for (let other = 0; other < n; other++) {
    if (other === row) continue;
    let squared = 0;
    for (let at = 0; at < width; at++) {
      const difference = (values[row * width + at] as number) - (values[other * width + at] as number);
      squared += difference * difference;
    }
    if (!(squared < (distance.at(-1) ?? 0))) continue;
    let place = Math.min(used, nearest.length - 1);
    for (; place > 0 && squared < (distance[place - 1] as number); place--) {
      nearest[place] = nearest[place - 1] as number;
      distance[place] = distance[place - 1] as number;
    }
    nearest[place] = other;
    distance[place] = squared;
    used = Math.min(used + 1, nearest.length);
  }
  return nearest.subarray(0, used);
}

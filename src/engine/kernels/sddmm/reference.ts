/** Plain-loop oracle of the sampled dense × dense product; every device kernel must agree with it. */

/**
 * Returns [entries, heads]: out[k, h] = Σ_d a[row k, h·D + d] · b[colIndex[k], h·D + d], D = width / heads, in double
 * precision.
 */
export function sddmmReference(
  rowPtr: ArrayLike<number>,
  colIndex: ArrayLike<number>,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  width: number,
  heads: number,
): Float32Array {
  const out = new Float32Array(colIndex.length * heads);
  const headWidth = width / heads;
  for (let row = 0; row + 1 < rowPtr.length; row++) {
    for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
      for (let head = 0; head < heads; head++) {
        let sum = 0;
        for (let f = head * headWidth; f < (head + 1) * headWidth; f++) {
          sum += (a[row * width + f] as number) * (b[(colIndex[k] as number) * width + f] as number);
        }
        out[k * heads + head] = sum;
      }
    }
  }
  return out;
}

/** Plain-loop oracles of the row gather and its transpose; every device kernel must agree with them. */

/** Returns [B, width]: out[i, f] = x[index[i], f]. */
export function gatherRowsReference(
  x: ArrayLike<number>,
  index: ArrayLike<number>,
  width: number,
): Float32Array {
  return Float32Array.from(
    { length: index.length * width },
    (_, at) => x[(index[Math.floor(at / width)] as number) * width + (at % width)] as number,
  );
}

/** Returns [numRows, width]: out[r, f] = Σ y[i, f] over index[i] = r, added in ascending i. */
export function scatterAddRowsReference(
  y: ArrayLike<number>,
  index: ArrayLike<number>,
  numRows: number,
  width: number,
): Float32Array {
  const sums = new Float64Array(numRows * width);
  for (let i = 0; i < index.length; i++) {
    for (let f = 0; f < width; f++) {
      const at = (index[i] as number) * width + f;
      sums[at] = (sums[at] as number) + (y[i * width + f] as number);
    }
  }
  return Float32Array.from(sums);
}
